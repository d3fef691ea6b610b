import { redoable, undoable } from '../../annotate/history';
import type { Editor } from '../../app/annotate/editor';
import { ZOOM } from '../../app/annotate/editor-state';
import { currentImage } from '../../app/annotate/state';
import { useSessionState } from './context';
import { Tool } from './Tool';
import { useEditor } from './useEditor';

/** The tools that are always available: undo and redo, a new person, the view. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const history = useSessionState((state) => currentImage(state)?.history);
  const adding = useEditor(editor, (state) => state.gesture.kind === 'adding' || state.gesture.kind === 'boxing');
  const nobody = useEditor(editor, (state) => state.selection.subject === undefined);
  const scale = useEditor(editor, (state) => state.view.scale);
  return (
    <section className="tools" aria-label="Edit and view">
      <Tool editor={editor} action="annotate.undo" event={{ type: 'undo' }} off={!history || !undoable(history)}>
        Undo
      </Tool>
      <Tool editor={editor} action="annotate.redo" event={{ type: 'redo' }} off={!history || !redoable(history)}>
        Redo
      </Tool>
      <Tool editor={editor} action="annotate.add" event={adding ? { type: 'cancel' } : { type: 'add' }} pressed={adding}>
        Add person
      </Tool>
      <div className="tools-view">
        <Tool editor={editor} action="annotate.zoomOut" event={{ type: 'zoom', factor: 1 / ZOOM }} name="Zoom out">
          −
        </Tool>
        <output className="zoom" aria-label="Zoom" aria-live="off">
          {Math.round(scale * 100)}%
        </output>
        <Tool editor={editor} action="annotate.zoomIn" event={{ type: 'zoom', factor: ZOOM }} name="Zoom in">
          +
        </Tool>
        <Tool editor={editor} action="annotate.fit" event={{ type: 'fit' }}>
          Fit
        </Tool>
        <Tool editor={editor} action="annotate.person" event={{ type: 'fitPerson' }} off={nobody}>
          Fit person
        </Tool>
      </div>
    </section>
  );
}
