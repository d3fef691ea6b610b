import { expect, it } from 'vitest';
import { type ActionId, actionsOf, type Scope } from './actions';
import { actionFor, createShortcuts, type KeyStorage, keysOf } from './shortcuts';

function memory(): KeyStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const forbidden = (): KeyStorage => {
  throw new Error('forbidden');
};

function action(scope: Scope, id: ActionId) {
  const found = actionsOf(scope).find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
}

it.each(['photo', 'live', 'annotate'] as const)('no two actions of the %s screen share a key as they come', (scope) => {
  const keys = actionsOf(scope).flatMap((one) => one.keys);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

it('finds what a key does on the screen that is shown', () => {
  expect(actionFor({}, 'annotate', 'Mod+Z')?.id).toBe('annotate.undo');
  expect(actionFor({}, 'live', 'M')?.id).toBe('live.mirror');
  expect(actionFor({}, 'annotate', 'M')?.id).toBe('annotate.mirror');
  expect(actionFor({}, 'photo', '?')?.id).toBe('help');
  expect(actionFor({}, 'photo', 'Q')).toBeUndefined();
});

it('gives an action another key, and keeps it', () => {
  const storage = memory();
  const { store, rebind } = createShortcuts(() => storage);
  expect(rebind(action('annotate', 'annotate.visibility'), 'W')).toBeUndefined();
  expect(actionFor(store.getState(), 'annotate', 'W')?.id).toBe('annotate.visibility');
  expect(actionFor(store.getState(), 'annotate', 'V')).toBeUndefined();
  expect(createShortcuts(() => storage).store.getState()).toEqual({ 'annotate.visibility': ['W'] });
});

it('refuses a key that is taken on the same screen, and says by what', () => {
  const { store, rebind } = createShortcuts(memory);
  const visibility = action('annotate', 'annotate.visibility');
  expect(rebind(visibility, 'X')).toMatch(/X is the key for “Swap with its left or right twin”/);
  expect(rebind(visibility, '?')).toMatch(/Show these keys/);
  expect(rebind(action('photo', 'help'), 'M')).toMatch(/Mirrored/); // taken on one of the screens it is for
  expect(rebind(visibility, 'Mod+W')).toMatch(/browser/);
  expect(store.getState()).toEqual({});
  expect(rebind(visibility, 'V')).toBeUndefined(); // its own
});

it('lets a key be used again once its action has another', () => {
  const { rebind } = createShortcuts(memory);
  expect(rebind(action('annotate', 'annotate.swap'), 'W')).toBeUndefined();
  expect(rebind(action('annotate', 'annotate.visibility'), 'X')).toBeUndefined();
});

it('goes back to the keys as they came', () => {
  const storage = memory();
  const { store, rebind, reset } = createShortcuts(() => storage);
  rebind(action('annotate', 'annotate.undo'), 'U');
  reset();
  expect(keysOf(store.getState(), action('annotate', 'annotate.undo'))).toEqual(['Mod+Z']);
  expect(storage.kept.size).toBe(0);
});

it('works without storage, and says that the key is forgotten', () => {
  const { store, rebind, reset } = createShortcuts(forbidden);
  expect(rebind(action('annotate', 'annotate.undo'), 'U')).toMatch(/forgotten/);
  expect(actionFor(store.getState(), 'annotate', 'U')?.id).toBe('annotate.undo');
  expect(reset).not.toThrow();
});

it('ignores what it did not write', () => {
  for (const text of ['nonsense', '[]x', '{"annotate.undo":"U"}', '{"gone.action":["U"]}', 'null']) {
    const storage = memory();
    storage.setItem('posecade.keys', text);
    expect(createShortcuts(() => storage).store.getState()).toEqual({});
  }
});
