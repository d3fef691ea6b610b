import { currentImage } from '../../app/annotate/state';
import { useAnnotate, useSessionState } from './context';
import { AnnotateEditor } from './Editor';

/** The current image, or why it cannot be shown. */
export function ImageStage() {
  const annotate = useAnnotate();
  const image = useSessionState(currentImage);
  const opened = useSessionState((state) => state.opened);
  const empty = useSessionState(({ images }) => images.length === 0);
  if (!image) {
    return (
      <p className="hint editor-main annotate-empty">
        {empty ? 'Add images to label them.' : 'No image is open. Choose one from the list.'}
      </p>
    );
  }
  const { status } = image;
  const failed = status.kind === 'failed' && (
    <div className="notice" data-code={status.notice.code}>
      <p>
        <strong>{status.notice.sentence}</strong> {status.notice.next}
      </p>
      {status.notice.remedy !== 'none' && (
        <button type="button" onClick={() => annotate.session()?.retry(image.id)}>
          Try again
        </button>
      )}
    </div>
  );
  if (opened?.id !== image.id)
    return <div className="editor-main">{failed || <p className="hint annotate-empty">Opening {image.name}…</p>}</div>;
  return (
    <AnnotateEditor editor={opened.editor} frame={opened.frame}>
      {failed}
    </AnnotateEditor>
  );
}
