import { VISIBILITY_WORDS } from '../../annotate/command';
import { subjectOf } from '../../annotate/edit';
import type { Editor } from '../../app/annotate/editor';
import { JOINTS, jointLabel, sideOf } from '../../pose/skeleton';
import { Tool } from './Tool';
import { useEditor } from './useEditor';

/** Every joint of the chosen person: its number, its label (place it from here if it has none), and the draft's confidence. */
export function EditorJoints({ editor }: { editor: Editor }) {
  const subject = useEditor(editor, (state) => subjectOf(state.document, state.selection.subject));
  const chosen = useEditor(editor, (state) => state.selection.joint);
  const placing = useEditor(editor, (state) => (state.gesture.kind === 'placing' ? state.gesture.joint : undefined));
  if (!subject) return null;
  const none = chosen === undefined;
  const choose = (joint: number) => editor.dispatch({ type: 'choose', subject: subject.id, joint });
  const change = (joint: number, missing: boolean) => {
    if (placing !== joint) choose(joint); // choosing would end the placing, and a second press would restart it
    editor.dispatch(missing ? { type: 'place' } : { type: 'visibility' });
  };
  return (
    <section className="card" aria-labelledby="editor-joints">
      <h2 id="editor-joints">Joints</h2>
      <div className="tools">
        <Tool editor={editor} action="annotate.place" event={{ type: 'place' }} off={none} pressed={placing !== undefined}>
          Place
        </Tool>
        <Tool editor={editor} action="annotate.swap" event={{ type: 'swap' }} off={none}>
          Swap left/right
        </Tool>
        <Tool editor={editor} action="annotate.reset" event={{ type: 'reset' }} off={none}>
          Reset
        </Tool>
      </div>
      <table className="joints joints-edit">
        <thead>
          <tr>
            <th scope="col">Joint</th>
            <th scope="col">Label</th>
            <th scope="col">
              <abbr title="Confidence of the draft">Draft</abbr>
            </th>
          </tr>
        </thead>
        <tbody>
          {JOINTS.map((name, joint) => {
            const visibility = subject.labels[joint]?.visibility ?? 0;
            const score = subject.prediction?.[joint]?.score;
            return (
              <tr key={name} data-chosen={joint === chosen || undefined} data-unsure={visibility === 0 || undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={joint === chosen} onClick={() => choose(joint)}>
                    <span className="joint-number">{joint + 1}</span>
                    <span className="swatch" data-side={sideOf(joint)} aria-hidden="true" />
                    {jointLabel(joint)}
                  </button>
                </th>
                <td>
                  <button
                    type="button"
                    className="visibility"
                    data-visibility={visibility}
                    aria-label={`${jointLabel(joint)}: ${VISIBILITY_WORDS[visibility]}. ${visibility === 0 ? 'Place it' : 'Change it'}`}
                    aria-pressed={visibility === 0 ? placing === joint : undefined}
                    onClick={() => change(joint, visibility === 0)}
                  >
                    {visibility === 0 ? (placing === joint ? 'click…' : 'place') : VISIBILITY_WORDS[visibility]}
                  </button>
                </td>
                <td>{score === undefined ? '–' : score.toFixed(2)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
