import { expect, it } from 'vitest';
import { SHELL_SHORTCUTS, type Shortcut } from './app/shell/shortcuts';
import { SCREENS } from './screens';
import type { Dropped } from './source/transfer';

const dropped = (name: string, type: string): Dropped => [{ file: new File(['x'], name, { type }), folder: undefined }];
/** The screens that accept a drop. */
const accepting = (given: Dropped) => SCREENS.filter(({ accepts }) => accepts(given, false)).map(({ name }) => name);

it.each(SCREENS.map(({ name, shortcuts }) => [name, shortcuts] as const))(
  'no two shortcuts of %s share a key',
  (_, shortcuts) => {
    const usable: readonly Shortcut[] = [...shortcuts, ...SHELL_SHORTCUTS];
    const keys = usable.flatMap((shortcut) => shortcut.keys);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  },
);

it('no two shortcuts share an id', () => {
  const ids = SCREENS.flatMap(({ shortcuts }) => shortcuts.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

it('gives each drop to the screens that can open it, and one without files to Photo alone', () => {
  expect(accepting(dropped('a.jpg', 'image/jpeg'))).toEqual(['photo', 'annotate']);
  expect(accepting(dropped('a.mp4', 'video/mp4'))).toEqual(['live', 'annotate']);
  expect(accepting([])).toEqual(['photo']);
});

it('a drop on Live that is neither a photo nor a video stays there, so that it does not stop the camera; photos go elsewhere', () => {
  const live = SCREENS.find(({ name }) => name === 'live');
  expect(live?.accepts(dropped('notes.txt', 'text/plain'), true)).toBe(true);
  expect(live?.accepts(dropped('notes.txt', 'text/plain'), false)).toBe(false);
  expect(live?.accepts(dropped('a.jpg', 'image/jpeg'), true)).toBe(false);
  expect(live?.accepts([], true)).toBe(false); // pasted text
});
