import { expect, it } from 'vitest';
import { type KeyPress, keyCaps, keyOf, takesKey } from './keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});

it('names keys consistently on every keyboard', () => {
  expect(keyOf(press('v'))).toBe('V');
  expect(keyOf(press('V', { shiftKey: true }))).toBe('Shift+V');
  expect(keyOf(press('V'))).toBe('V'); // caps lock
  expect(keyOf(press('м', { code: 'KeyV' }))).toBe('V'); // a Cyrillic keyboard
  expect(keyOf(press('?', { shiftKey: true }))).toBe('?');
  expect(keyOf(press('?'))).toBe('?');
  expect(keyOf(press('ArrowLeft', { shiftKey: true }))).toBe('Shift+ArrowLeft');
  expect(keyOf(press(' '))).toBe('Space');
});

it('treats the command key of a Mac as Ctrl', () => {
  expect(keyOf(press('z', { ctrlKey: true }))).toBe('Mod+Z');
  expect(keyOf(press('Z', { metaKey: true, shiftKey: true }))).toBe('Mod+Shift+Z');
  expect(keyCaps('Mod+Shift+Z', true)).toEqual(['⌘', 'Shift', 'Z']);
  expect(keyCaps('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
});

it('gives no name to a modifier alone, to AltGr characters, or during input-method composition', () => {
  expect(keyOf(press('Shift', { shiftKey: true }))).toBeUndefined();
  expect(keyOf(press('@', { ctrlKey: true, altKey: true }))).toBeUndefined();
  expect(keyOf(press('a', { isComposing: true }))).toBeUndefined();
});

it('shows the plus key as a plus', () => {
  expect(keyCaps('+', false)).toEqual(['+']);
  expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+']);
});

it('leaves fields, sliders and buttons the keys that they need', () => {
  const focused = (tag: string, type = '') => ({ tag, type, editable: false });
  expect(takesKey(focused('input', 'text'), 'V')).toBe(true);
  expect(takesKey(focused('select'), 'ArrowUp')).toBe(true);
  expect(takesKey({ ...focused('div'), editable: true }, 'V')).toBe(true);
  expect(takesKey(focused('input', 'range'), 'ArrowLeft')).toBe(true);
  expect(takesKey(focused('input', 'range'), 'V')).toBe(false);
  expect(takesKey(focused('button'), 'Enter')).toBe(true);
  expect(takesKey(focused('button'), 'ArrowLeft')).toBe(false);
  expect(takesKey(focused('input', 'checkbox'), 'Space')).toBe(true);
  expect(takesKey(focused('input', 'checkbox'), 'H')).toBe(false);
  expect(takesKey(focused('body'), 'Space')).toBe(false);
});
