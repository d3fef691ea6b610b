import { imageOf } from '../../app/annotate/images';
import { workOf } from '../../app/annotate/state';
import { useAnnotate, useSessionState } from './context';
import { AnnotateEditor } from './Editor';

/** The image in the middle, or why it is not there. */
export function ImageStage() {
  const annotate = useAnnotate();
  const image = useSessionState((state) => imageOf(state, state.current));
  const opened = useSessionState((state) => state.opened);
  const work = useSessionState((state) => (state.current === undefined ? undefined : workOf(state.work, state.current)));
  if (!image) return <p className="hint annotate-empty">No image is open. Choose one from the list.</p>;
  const failed = work?.state === 'failed' && (
    <div className="notice" data-code={work.notice.code}>
      <p>
        <strong>{work.notice.sentence}</strong> {work.notice.next}
      </p>
      {work.notice.remedy !== 'none' && (
        <button type="button" onClick={() => annotate.session()?.retry(image.id)}>
          Try again
        </button>
      )}
    </div>
  );
  if (opened?.id !== image.id) return failed || <p className="hint annotate-empty">Opening {image.name}…</p>;
  return (
    <>
      {failed}
      <AnnotateEditor editor={opened.editor} frame={opened.frame} />
    </>
  );
}
