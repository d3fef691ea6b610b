import { useEffect, useRef } from 'react';
import type { ActionId, Scope } from '../../app/shell/actions';
import { keyOf, takesKey } from '../../app/shell/keys';
import { actionFor } from '../../app/shell/shortcuts';
import { useApp } from './context';

/** What an action does. Returns false to leave the key to the browser. key: as keyOf names it. */
export type Handler = (key: string) => unknown;

export type Handlers = Readonly<Partial<Record<ActionId, Handler>>>;

function focused(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return { tag: '', type: '', editable: false };
  const type = target instanceof HTMLInputElement ? target.type : '';
  return { tag: target.localName, type, editable: target.isContentEditable };
}

/**
 * Does the actions of a screen by their keys while the component is mounted. Not while a dialogue is open, and not where the focused
 * element needs the key for itself.
 */
export function useShortcuts(scope: Scope, handlers: Handlers): void {
  const { shortcuts } = useApp();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (!key || event.defaultPrevented || takesKey(focused(event.target), key) || document.querySelector('dialog:modal'))
        return;
      const action = actionFor(shortcuts.store.getState(), scope, key);
      const handler = action && latest.current[action.id];
      if (!handler) return;
      if (event.repeat && !action.repeats) event.preventDefault();
      else if (handler(key) !== false) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [shortcuts, scope]);
}
