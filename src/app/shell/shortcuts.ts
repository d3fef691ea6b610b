import { createStore, type StoreApi } from 'zustand/vanilla';
import { ACTIONS, type Action, type ActionId, actionsOf, type Scope } from './actions';
import { keyCaps } from './keys';

/** The keys of every action that the user has changed; all others have those of the table. */
export type Bindings = Readonly<Partial<Record<ActionId, readonly string[]>>>;

export interface Shortcuts {
  readonly store: StoreApi<Bindings>;
  /** Gives an action one key instead of those it has. Returns a sentence if it cannot be, or is not kept. */
  rebind(action: Action, key: string): string | undefined;
  /** All keys as they came. */
  reset(): void;
}

/** What is used of window.localStorage. */
export type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const STORED = 'posecade.keys';

/** The browser's own, which no page gets or none should take. */
const RESERVED = ['Escape', 'Enter', 'Space', 'F5', 'F11', 'F12', ...[...'CFLNPQRTVWX'].map((letter) => `Mod+${letter}`)];

const caps = (key: string) => keyCaps(key, false).join('+');

/** The keys that do an action now. */
export function keysOf(bindings: Bindings, action: Action): readonly string[] {
  return (action.fixed ? undefined : bindings[action.id]) ?? action.keys;
}

/** What a key does on a screen. */
export function actionFor(bindings: Bindings, scope: Scope, key: string): Action | undefined {
  return actionsOf(scope).find((action) => keysOf(bindings, action).includes(key));
}

/** Why an action cannot have a key, in a sentence; undefined if it can. */
export function refusal(bindings: Bindings, action: Action, key: string): string | undefined {
  if (RESERVED.includes(key)) return `${caps(key)} belongs to the browser or to the buttons. Press another key.`;
  const scopes: readonly Scope[] = action.scope === 'everywhere' ? ['photo', 'live', 'annotate'] : [action.scope];
  const taken = scopes.map((scope) => actionFor(bindings, scope, key)).find((other) => other && other.id !== action.id);
  return taken && `${caps(key)} is the key for “${taken.label}”. Press another, or change that one first.`;
}

function isBindings(value: unknown): value is Bindings {
  if (typeof value !== 'object' || value === null) return false;
  const ids: readonly string[] = ACTIONS.map(({ id }) => id);
  return Object.entries(value).every(
    ([id, keys]) => ids.includes(id) && Array.isArray(keys) && keys.every((key) => typeof key === 'string'),
  );
}

function load(storage: () => KeyStorage): Bindings {
  try {
    const value: unknown = JSON.parse(storage().getItem(STORED) ?? '{}');
    return isBindings(value) ? value : {};
  } catch {
    return {}; // storage is forbidden, or holds what an older version wrote
  }
}

/** The user's keys, kept in the browser's storage; where that is forbidden, already asking for it throws. */
export function createShortcuts(storage: () => KeyStorage): Shortcuts {
  const store = createStore<Bindings>(() => load(storage));
  return {
    store,
    rebind: (action, key) => {
      const why = refusal(store.getState(), action, key);
      if (why) return why;
      store.setState({ [action.id]: [key] });
      try {
        storage().setItem(STORED, JSON.stringify(store.getState()));
        return undefined;
      } catch {
        return `${caps(key)} is the key now, but this browser keeps nothing for this page: it is forgotten on leaving.`;
      }
    },
    reset: () => {
      store.setState({}, true);
      try {
        storage().removeItem(STORED);
      } catch {
        // nothing was kept, then
      }
    },
  };
}
