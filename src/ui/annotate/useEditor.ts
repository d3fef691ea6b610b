import { useStore } from 'zustand';
import type { Editor } from '../../app/annotate/editor';
import type { EditorState } from '../../app/annotate/editor-state';
import type { Show } from '../../app/annotate/show';

/** A part of the editor's state; re-renders only when that part changes. */
export function useEditor<T>(editor: Editor, select: (state: EditorState) => T): T {
  return useStore(editor.store, select);
}

export function useShow(editor: Editor): Show {
  return useStore(editor.show);
}
