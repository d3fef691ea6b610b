import { redoable, undoable } from '../../annotate/history';
import { type ActionId, actionsOf } from '../../app/actions';
import type { Editor, EditorEvent } from '../../app/annotate/editor';
import { keysOf } from '../../app/shortcuts';
import { useStore } from 'zustand';
import { useApp } from '../context';
import { keyTitle } from '../Keys';
import { useEditor } from './useEditor';

interface ToolProps {
  readonly editor: Editor;
  readonly action: ActionId;
  readonly event: EditorEvent;
  readonly label: string;
  readonly off?: boolean;
  readonly pressed?: boolean;
}

/** A button for one action; its key is in its title. It can be reached while it is off, so that the focus is never lost. */
function Tool({ editor, action, event, label, off = false, pressed }: ToolProps) {
  const { shortcuts } = useApp();
  const bindings = useStore(shortcuts.store);
  const entry = actionsOf('annotate').find(({ id }) => id === action);
  return (
    <button
      type="button"
      aria-disabled={off || undefined}
      aria-pressed={pressed}
      title={entry && `${entry.label} (${keyTitle(keysOf(bindings, entry))})`}
      onClick={() => off || editor.dispatch(event)}
    >
      {label}
    </button>
  );
}

/** Everything that can be done to the chosen joint and person. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const canUndo = useEditor(editor, (state) => undoable(state.history) !== undefined);
  const canRedo = useEditor(editor, (state) => redoable(state.history) !== undefined);
  const adding = useEditor(editor, (state) => state.gesture.kind === 'adding' || state.gesture.kind === 'boxing');
  const nobody = useEditor(editor, (state) => state.choice.subject === undefined);
  const noJoint = useEditor(editor, (state) => state.choice.joint === undefined);
  const tool = (action: ActionId, event: EditorEvent, label: string, off = false, pressed?: boolean) => (
    <Tool
      key={action}
      editor={editor}
      action={action}
      event={event}
      label={label}
      off={off}
      {...(pressed !== undefined && { pressed })}
    />
  );
  return (
    <div className="tools" role="toolbar" aria-label="Edit">
      <div className="tool-group">
        {tool('annotate.undo', { type: 'undo' }, 'Undo', !canUndo)}
        {tool('annotate.redo', { type: 'redo' }, 'Redo', !canRedo)}
      </div>
      <div className="tool-group">
        {tool('annotate.add', adding ? { type: 'cancel' } : { type: 'add' }, 'Add person', false, adding)}
        {tool('annotate.redraft', { type: 'redraft' }, 'Draft again', nobody)}
        {tool('annotate.swapAll', { type: 'swapAll' }, 'Swap sides', nobody)}
        {tool('annotate.mirror', { type: 'mirror' }, 'Mirror side', nobody || noJoint)}
        {tool('annotate.resetAll', { type: 'resetAll' }, 'Reset all', nobody)}
        {tool('annotate.copy', { type: 'copy' }, 'Copy previous')}
        {tool('annotate.delete', { type: 'delete' }, 'Delete person', nobody)}
      </div>
      <div className="tool-group">
        {tool('annotate.visibility', { type: 'visibility' }, 'Visibility', noJoint)}
        {tool('annotate.place', { type: 'place' }, 'Place', noJoint)}
        {tool('annotate.swap', { type: 'swap' }, 'Swap joint', noJoint)}
        {tool('annotate.reset', { type: 'reset' }, 'Reset joint', noJoint)}
      </div>
      <div className="tool-group">
        {tool('annotate.zoomOut', { type: 'zoom', factor: 0.8 }, '−')}
        {tool('annotate.zoomIn', { type: 'zoom', factor: 1.25 }, '+')}
        {tool('annotate.fit', { type: 'fit' }, 'Fit')}
        {tool('annotate.person', { type: 'fitPerson' }, 'Fit person', nobody)}
      </div>
    </div>
  );
}
