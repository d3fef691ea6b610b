import { expect, it, vi } from 'vitest';
import { readPreferences, writePreferences } from './preferences';

/** Storage that holds one text, whatever the key. */
function stubStorage(text: string | null): void {
  let kept = text;
  vi.stubGlobal('localStorage', { getItem: () => kept, setItem: (_: string, value: string) => (kept = value) });
}

it('reads what was written', () => {
  stubStorage(null);
  expect(readPreferences('a')).toEqual({});
  expect(writePreferences('a', { lines: 720 })).toBe(true);
  expect(readPreferences('a')).toEqual({ lines: 720 });
});

it.each(['nonsense', 'null', '7', '["a"]'])('reads nothing from a text that is no object: %s', (text) => {
  stubStorage(text);
  expect(readPreferences('a')).toEqual({});
});

it('works without storage, and says that nothing was stored', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(writePreferences('a', {})).toBe(false);
  expect(readPreferences('a')).toEqual({});
});
