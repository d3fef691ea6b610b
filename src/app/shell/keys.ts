/** Names of keys: 'V', 'Shift+V', 'Mod+Z', 'Shift+ArrowLeft', 'Space', '?'. Mod is Ctrl, or the command key of a Mac. */

/** The part of a KeyboardEvent that matters. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/** The focused element, as far as keys are concerned. */
export interface Focused {
  /** Lower case: 'input', 'button'. */
  readonly tag: string;
  /** Of an input. */
  readonly type: string;
  readonly editable: boolean;
}

const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'];
const PRESSED_INPUTS = ['checkbox', 'button', 'submit', 'reset', 'file', 'color', 'image'];
const STEPPED_INPUTS = ['range', 'radio'];

/** The Latin letter of a key on a non-Latin keyboard, so that V stays V. */
function latin({ key, code }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter && key.length === 1 && key.charCodeAt(0) > 127 ? letter : key;
}

/** The name of the pressed key, or undefined for a modifier alone, during input-method composition, and for AltGr characters. */
export function keyOf(press: KeyPress): string | undefined {
  const key = latin(press);
  if (press.isComposing || MODIFIERS.includes(key) || (press.ctrlKey && press.altKey)) return undefined;
  const base = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const letter = /^[A-Z]$/.test(base);
  const shown = key.length > 1 || key === ' ' || letter; // the character '?' already implies Shift
  return [
    press.ctrlKey || press.metaKey ? 'Mod+' : '',
    press.altKey ? 'Alt+' : '',
    press.shiftKey && shown ? 'Shift+' : '',
    base,
  ].join('');
}

/** Whether the focused element needs the key itself: text fields need all keys, sliders the arrows, buttons Space and Enter. */
export function takesKey({ tag, type, editable }: Focused, key: string): boolean {
  if (editable || tag === 'textarea' || tag === 'select') return true;
  const press = key === 'Space' || key === 'Enter';
  if (tag !== 'input') return press && ['button', 'a', 'summary'].includes(tag);
  if (PRESSED_INPUTS.includes(type)) return press;
  if (STEPPED_INPUTS.includes(type)) return press || /^(Shift\+)?(Arrow|Page|Home|End)/.test(key);
  return true;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The key caps of a key's name, for display: 'Mod+ArrowLeft' -> Ctrl, ←. */
export function keyCaps(name: string, mac: boolean): readonly string[] {
  const parts = name === '+' ? ['+'] : name.endsWith('++') ? [...name.slice(0, -2).split('+'), '+'] : name.split('+');
  return parts.map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (SHOWN[part] ?? part)));
}
