import { beforeEach, expect, it, vi } from 'vitest';
import { createKeyBindings, keysOf, shortcutFor } from './key-bindings';
import { SHELL_SHORTCUTS, type Shortcut } from './shortcuts';

const undo: Shortcut = { id: 'draw.undo', group: 'Edit', label: 'Undo', keys: ['Mod+Z'] };
const swap: Shortcut = { id: 'draw.swap', group: 'Edit', label: 'Swap left and right', keys: ['X'] };
const mirror: Shortcut = { id: 'draw.mirror', group: 'Edit', label: 'Mirror', keys: ['M'] };
const cancel: Shortcut = { id: 'draw.cancel', group: 'Edit', label: 'Cancel', keys: ['G'], fixed: true };
const mute: Shortcut = { id: 'watch.mute', group: 'Sound', label: 'Mute', keys: ['M'] };
const [help] = SHELL_SHORTCUTS;
const DRAW = [undo, swap, mirror, cancel];
const WATCH = [mute];

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  const setItem = (key: string, value: string) => kept.set(key, value);
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem });
});

const create = () => createKeyBindings([DRAW, WATCH]);

it('finds the shortcut that a key has on a screen', () => {
  expect(shortcutFor({}, DRAW, 'Mod+Z')?.id).toBe('draw.undo');
  expect(shortcutFor({}, DRAW, 'M')?.id).toBe('draw.mirror');
  expect(shortcutFor({}, WATCH, 'M')?.id).toBe('watch.mute');
  expect(shortcutFor({}, WATCH, 'Q')).toBeUndefined();
});

it('rebinds a shortcut to another key, and stores it', () => {
  const { store, rebind } = create();
  expect(rebind(mirror, 'W')).toBeUndefined();
  expect(shortcutFor(store.getState(), DRAW, 'W')?.id).toBe('draw.mirror');
  expect(shortcutFor(store.getState(), DRAW, 'M')).toBeUndefined();
  expect(create().store.getState()).toEqual({ 'draw.mirror': ['W'] });
});

it('keeps the keys that another tab has changed', () => {
  const [here, there] = [create(), create()];
  there.rebind(undo, 'U');
  expect(here.rebind(swap, 'U')).toMatch(/U is already the key for “Undo”/);
  expect(here.rebind(swap, 'S')).toBeUndefined();
  expect(create().store.getState()).toEqual({ 'draw.undo': ['U'], 'draw.swap': ['S'] });
});

it('refuses a key that is taken or reserved where the shortcut can be used, and says by what', () => {
  const { store, rebind } = create();
  expect(rebind(mirror, 'X')).toMatch(/X is already the key for “Swap left and right”/);
  expect(rebind(mirror, '?')).toMatch(/Show the keyboard shortcuts/);
  expect(rebind(help, 'M')).toMatch(/Mirror|Mute/); // taken on one of the screens where it can be used
  expect(rebind(mirror, 'Mod+W')).toMatch(/browser/);
  expect(store.getState()).toEqual({});
  expect(rebind(mirror, 'M')).toBeUndefined(); // its own key, also used on another screen
});

it('reserves Tab for moving the focus, except for a shortcut that has it in its table', () => {
  const next: Shortcut = { id: 'draw.next', group: 'Select', label: 'Next', keys: ['Tab'] };
  const { rebind } = createKeyBindings([[...DRAW, next]]);
  expect(rebind(mirror, 'Tab')).toMatch(/focus/);
  expect(rebind(mirror, 'Shift+Tab')).toMatch(/focus/);
  expect(rebind(next, 'W')).toBeUndefined();
  expect(rebind(mirror, 'Tab')).toMatch(/focus/);
  expect(rebind(next, 'Tab')).toBeUndefined();
});

it('frees a key once its shortcut is bound to another', () => {
  const { rebind } = create();
  expect(rebind(swap, 'W')).toBeUndefined();
  expect(rebind(mirror, 'X')).toBeUndefined();
});

it('ignores bindings for fixed keys', () => {
  expect(keysOf({ 'draw.cancel': ['W'] }, cancel)).toEqual(['G']);
});

it('resets all keys', () => {
  const { store, rebind, reset } = create();
  rebind(undo, 'U');
  reset();
  expect(keysOf(store.getState(), undo)).toEqual(['Mod+Z']);
  expect(create().store.getState()).toEqual({});
});

it('works without storage, and says that the key will be lost on leaving', () => {
  vi.stubGlobal('localStorage', undefined);
  const { store, rebind, reset } = create();
  expect(rebind(undo, 'U')).toMatch(/lost when you leave/);
  expect(shortcutFor(store.getState(), DRAW, 'U')?.id).toBe('draw.undo');
  expect(reset).not.toThrow();
});

it('ignores stored values that it did not write', () => {
  for (const text of ['nonsense', '[]x', '{"draw.undo":"U"}', '{"gone.action":["U"]}', 'null']) {
    kept.set('posecade.keys', text);
    expect(create().store.getState()).toEqual({});
  }
});

it('keeps the keys of shortcuts that still exist when an older version had others', () => {
  kept.set('posecade.keys', '{"gone.action":["U"],"draw.undo":["W"]}');
  expect(create().store.getState()).toEqual({ 'draw.undo': ['W'] });
});
