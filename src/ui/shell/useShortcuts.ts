import { useLayoutEffect, useRef } from 'react';
import { shortcutFor } from '../../app/shell/key-bindings';
import { keyOf, takesKey } from '../../app/shell/keys';
import type { Shortcut } from '../../app/shell/shortcuts';
import { useApp } from './context';

/** What a shortcut does. Returns false to leave the key to the browser. key: as keyOf names it; held: the key repeats. */
export type Handler = (key: string, held: boolean) => unknown;

function focused(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return { tag: '', type: '', editable: false };
  const type = target instanceof HTMLInputElement ? target.type : '';
  return { tag: target.localName, type, editable: target.isContentEditable };
}

/**
 * Handles shortcuts of a table by their ids while the component is mounted. Not while a dialog is open, and not where the focused element
 * needs the key for itself. Uses layout effects, so that a screen handles its keys as soon as it is visible: other effects run
 * after painting.
 */
export function useShortcuts<Table extends readonly Shortcut[]>(
  table: Table,
  handlers: Readonly<Partial<Record<Table[number]['id'], Handler>>>,
): void {
  const { keyBindings } = useApp();
  const latest = useRef<Readonly<Partial<Record<string, Handler>>>>(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (!key || event.defaultPrevented || takesKey(focused(event.target), key) || document.querySelector('dialog:modal'))
        return;
      const shortcut = shortcutFor(keyBindings.store.getState(), table, key);
      const handler = shortcut && latest.current[shortcut.id];
      if (!handler) return;
      if (event.repeat && !shortcut.repeats) event.preventDefault();
      else if (handler(key, event.repeat) !== false) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keyBindings, table]);
}
