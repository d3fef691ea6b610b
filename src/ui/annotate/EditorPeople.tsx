import { labelledCount } from '../../annotate/edit';
import type { Editor } from '../../app/annotate/editor';
import { JOINT_COUNT } from '../../pose/skeleton';
import { useEditor } from './useEditor';

/** Who is in the image. */
export function EditorPeople({ editor }: { editor: Editor }) {
  const subjects = useEditor(editor, (state) => state.document.subjects);
  const chosen = useEditor(editor, (state) => state.choice.subject);
  return (
    <section className="card" aria-labelledby="editor-people">
      <h2 id="editor-people">People</h2>
      {subjects.length === 0 && <p className="hint">Nobody yet. Add a person and drag a box round them.</p>}
      <ul className="people">
        {subjects.map((subject, i) => (
          <li key={subject.id}>
            <button
              type="button"
              aria-pressed={subject.id === chosen}
              onClick={() => editor.dispatch({ type: 'choose', subject: subject.id, joint: undefined })}
            >
              <strong>Person {i + 1}</strong>
              <span className="count">
                {labelledCount(subject)}/{JOINT_COUNT}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
