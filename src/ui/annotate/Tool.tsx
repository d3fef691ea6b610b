import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Editor } from '../../app/annotate/editor';
import type { EditorEvent } from '../../app/annotate/editor-state';
import { ANNOTATE_SHORTCUTS, type AnnotateShortcutId } from '../../app/annotate/shortcuts';
import { keysOf } from '../../app/shell/key-bindings';
import { useApp } from '../shell/context';
import { keyTitle } from '../shell/Keys';

interface Props {
  readonly editor: Editor;
  readonly action: AnnotateShortcutId;
  readonly event: EditorEvent;
  /** The action is unavailable now. The button stays in the tab order, so that the focus is never lost. */
  readonly off?: boolean;
  readonly pressed?: boolean;
  /** The accessible name, where the text is only a symbol. */
  readonly name?: string;
  readonly children: ReactNode;
}

/** A button for one action; its title says what it does, and its key. */
export function Tool({ editor, action, event, off = false, pressed, name, children }: Props) {
  const { keyBindings } = useApp();
  const bindings = useStore(keyBindings.store);
  const entry = ANNOTATE_SHORTCUTS.find(({ id }) => id === action);
  return (
    <button
      type="button"
      className="tool"
      aria-disabled={off || undefined}
      aria-pressed={pressed}
      aria-label={name}
      title={entry && `${entry.label} (${keyTitle(keysOf(bindings, entry))})`}
      onClick={() => off || editor.dispatch(event)}
    >
      {children}
    </button>
  );
}
