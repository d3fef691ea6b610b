import { createStore, type StoreApi } from 'zustand/vanilla';
import { keyCaps } from './keys';
import { readPreferences, writePreferences } from './preferences';
import { SHELL_SHORTCUTS, type Shortcut } from './shortcuts';

/** The keys of every shortcut that the user has changed, by its id; all others keep the keys of their table. */
export type Bindings = Readonly<Record<string, readonly string[]>>;

export interface KeyBindings {
  readonly store: StoreApi<Bindings>;
  /** Replaces the keys of a shortcut with one key. Returns a sentence if that is refused, or cannot be stored. */
  rebind(shortcut: Shortcut, key: string): string | undefined;
  /** Restores the keys of every shortcut from its table. */
  reset(): void;
}

const STORED = 'posecade.keys';

/** Keys that browsers reserve for themselves, or that a page should leave alone. */
const RESERVED = ['Escape', 'Enter', 'Space', 'F5', 'F11', 'F12', ...[...'CFLNPQRTVWX'].map((letter) => `Mod+${letter}`)];

/** Keys that move the focus. */
const FOCUS = ['Tab', 'Shift+Tab'];

/** Whether a key must keep moving the focus; false for a shortcut with that key in its table, which lets the focus leave where it should. */
export const movesFocus = (shortcut: Shortcut, key: string): boolean => FOCUS.includes(key) && !shortcut.keys.includes(key);

const caps = (key: string) => keyCaps(key, false).join('+');

/** The current keys of a shortcut. */
export function keysOf(bindings: Bindings, shortcut: Shortcut): readonly string[] {
  return (shortcut.fixed ? undefined : bindings[shortcut.id]) ?? shortcut.keys;
}

/** The shortcut of a table that a key currently belongs to. */
export function shortcutFor(bindings: Bindings, table: readonly Shortcut[], key: string): Shortcut | undefined {
  return table.find((shortcut) => keysOf(bindings, shortcut).includes(key));
}

function load(ids: ReadonlySet<string>): Bindings {
  const isKeys = (keys: unknown): keys is readonly string[] =>
    Array.isArray(keys) && keys.every((key) => typeof key === 'string');
  const stored = Object.entries(readPreferences(STORED));
  // An older version may have had other shortcuts; those that are still there keep their keys.
  return Object.fromEntries(stored.flatMap(([id, keys]) => (ids.has(id) && isKeys(keys) ? [[id, keys]] : [])));
}

/**
 * The user's keys, kept between visits. tables: those of all screens; two shortcuts that can be used at the same time never share a key.
 */
export function createKeyBindings(tables: readonly (readonly Shortcut[])[]): KeyBindings {
  const usable = tables.map((table): readonly Shortcut[] => [...table, ...SHELL_SHORTCUTS]);
  const ids = new Set(usable.flat().map(({ id }) => id));
  const store = createStore<Bindings>(() => load(ids));

  function refusal(shortcut: Shortcut, key: string): string | undefined {
    if (movesFocus(shortcut, key)) return `${caps(key)} moves the focus. Press another key.`;
    if (RESERVED.includes(key)) return `${caps(key)} is reserved for the browser or for buttons. Press another key.`;
    const rivals = usable.filter((table) => table.some(({ id }) => id === shortcut.id)).flat();
    const taken = rivals.find((other) => other.id !== shortcut.id && keysOf(store.getState(), other).includes(key));
    return taken && `${caps(key)} is already the key for “${taken.label}”. Press another key, or change that one first.`;
  }

  return {
    store,
    rebind: (shortcut, key) => {
      store.setState(load(ids)); // another tab may have changed other keys since
      const why = refusal(shortcut, key);
      if (why) return why;
      store.setState({ [shortcut.id]: [key] });
      if (writePreferences(STORED, store.getState())) return undefined;
      return `${caps(key)} is set, but this browser cannot save it: it will be lost when you leave.`;
    },
    reset: () => {
      store.setState({}, true);
      writePreferences(STORED, {});
    },
  };
}
