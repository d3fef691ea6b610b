import type { Subject } from '../../annotate/document';
import { labelledCount } from '../../annotate/edit';
import type { Editor } from '../../app/annotate/editor';
import { awaitsDraft, canBeDrafted } from '../../app/annotate/image-record';
import { currentImage } from '../../app/annotate/state';
import { JOINT_COUNT } from '../../pose/skeleton';
import { useAnnotate, useSessionState } from './context';
import { Tool } from './Tool';
import { useEditor } from './useEditor';

/** The people the network is not confident about. */
function Suggestions({ editor, suggestions }: { editor: Editor; suggestions: readonly Subject[] }) {
  if (suggestions.length === 0) return null;
  return (
    <>
      <p className="hint">
        Dashed outlines are possible people. Click one to keep it. Until then, it is not a label, and only the “COCO, 19 joints”
        export includes it, as a suggestion.
      </p>
      <ul className="people" aria-label="Suggestions">
        {suggestions.map((suggestion, i) => (
          <li key={suggestion.id}>
            <span className="suggestion">Suggestion {i + 1}</span>
            <Tool
              editor={editor}
              action="annotate.keep"
              event={{ type: 'keep', suggestion: suggestion.id }}
              name={`Keep suggestion ${i + 1}`}
            >
              Keep
            </Tool>
            <Tool
              editor={editor}
              action="annotate.dismiss"
              event={{ type: 'dismiss', suggestion: suggestion.id }}
              name={`Dismiss suggestion ${i + 1}`}
            >
              Dismiss
            </Tool>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What to do about an image in which nobody is labelled. */
function Nobody() {
  const annotate = useAnnotate();
  const image = useSessionState(currentImage);
  if (!image) return null;
  if (awaitsDraft(image)) return <p className="hint">Waiting for the draft…</p>;
  return (
    <>
      <p className="hint">Nobody is labelled in this image. Press “Add person” and drag a box around a person.</p>
      {canBeDrafted(image) && (
        <button type="button" onClick={() => annotate.session()?.draft(image.id)}>
          Draft this image
        </button>
      )}
    </>
  );
}

/** The people in the image, and what can be done to the chosen person as a whole. */
export function EditorPeople({ editor }: { editor: Editor }) {
  const subjects = useEditor(editor, (state) => state.document.subjects);
  const suggestions = useEditor(editor, (state) => state.document.suggestions);
  const chosen = useEditor(editor, (state) => state.selection.subject);
  const noJoint = useEditor(editor, (state) => state.selection.joint === undefined);
  const nobody = chosen === undefined;
  return (
    <section className="card" aria-labelledby="editor-people">
      <h2 id="editor-people">People</h2>
      {subjects.length === 0 && <Nobody />}
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
      <Suggestions editor={editor} suggestions={suggestions ?? []} />
      <div className="tools">
        <Tool editor={editor} action="annotate.redraft" event={{ type: 'redraft' }} off={nobody}>
          Draft again
        </Tool>
        <Tool editor={editor} action="annotate.resetAll" event={{ type: 'resetAll' }} off={nobody}>
          Reset
        </Tool>
        <Tool editor={editor} action="annotate.swapAll" event={{ type: 'swapAll' }} off={nobody}>
          Swap sides
        </Tool>
        <Tool editor={editor} action="annotate.mirror" event={{ type: 'mirror' }} off={nobody || noJoint}>
          Mirror side
        </Tool>
        <Tool editor={editor} action="annotate.copy" event={{ type: 'copy' }}>
          Copy previous
        </Tool>
        <Tool editor={editor} action="annotate.delete" event={{ type: 'delete' }} off={nobody}>
          Delete
        </Tool>
      </div>
    </section>
  );
}
