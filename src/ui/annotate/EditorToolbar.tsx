import { redoable, undoable } from '../../annotate/history';
import type { Editor } from '../../app/annotate/editor';
import { Tool } from './Tool';
import { useEditor } from './useEditor';

/** What is wanted all the time: steps back and forward, a new person, the view. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const canUndo = useEditor(editor, (state) => undoable(state.history) !== undefined);
  const canRedo = useEditor(editor, (state) => redoable(state.history) !== undefined);
  const adding = useEditor(editor, (state) => state.gesture.kind === 'adding' || state.gesture.kind === 'boxing');
  const nobody = useEditor(editor, (state) => state.choice.subject === undefined);
  const scale = useEditor(editor, (state) => state.view.scale);
  return (
    <section className="tools" aria-label="Steps and view">
      <Tool editor={editor} action="annotate.undo" event={{ type: 'undo' }} off={!canUndo}>
        Undo
      </Tool>
      <Tool editor={editor} action="annotate.redo" event={{ type: 'redo' }} off={!canRedo}>
        Redo
      </Tool>
      <Tool editor={editor} action="annotate.add" event={adding ? { type: 'cancel' } : { type: 'add' }} pressed={adding}>
        Add person
      </Tool>
      <div className="tools-view">
        <Tool editor={editor} action="annotate.zoomOut" event={{ type: 'zoom', factor: 0.8 }} name="Farther">
          −
        </Tool>
        <output className="zoom" aria-label="Zoom">
          {Math.round(scale * 100)}%
        </output>
        <Tool editor={editor} action="annotate.zoomIn" event={{ type: 'zoom', factor: 1.25 }} name="Nearer">
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
