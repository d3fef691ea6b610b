import { type CSSProperties, useEffect, useRef } from 'react';
import type { ImageDocument } from '../../annotate/document';
import { imageOf } from '../../app/annotate/images';
import { workOf } from '../../app/annotate/state';
import { paintPicture } from '../../draw/paint';
import { drawSkeleton, jointRadius } from '../../draw/skeleton';
import { fitView, prepareCanvas } from '../../draw/viewport';
import type { Frame } from '../../engine/protocol';
import { keypoint } from '../../pose/pose';
import { useApp, useSessionState } from '../context';

/** The image with its labels, to look at. */
function Preview({ frame, document }: { frame: Frame; document: ImageDocument }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const paint = () => {
      const size = { width: target.clientWidth, height: target.clientHeight };
      if (size.width === 0 || frame.bitmap.width === 0) return;
      const view = fitView(frame, size);
      const context = prepareCanvas(target, size, window.devicePixelRatio);
      paintPicture(context, { source: frame.bitmap, width: frame.width, height: frame.height }, view);
      for (const { labels, box } of document.subjects) {
        const pose = labels.map(({ x, y, visibility }) => keypoint(x, y, visibility === 0 ? 0 : 1));
        const radius = jointRadius(Math.max(box.width, box.height), view);
        drawSkeleton(context, pose, view, { threshold: 0.5, opacity: 1, radius, chosenJoint: undefined });
      }
    };
    const observer = new ResizeObserver(paint);
    observer.observe(target);
    return () => observer.disconnect();
  }, [frame, document]);
  return (
    <div
      className="stage"
      style={{ '--ratio': frame.width / frame.height, aspectRatio: frame.width / frame.height } as CSSProperties}
    >
      <canvas ref={canvas} className="layer" role="img" aria-label="Image with labels" />
    </div>
  );
}

/** The image in the middle, or why it is not there. */
export function ImageStage() {
  const { annotate } = useApp();
  const image = useSessionState((state) => imageOf(state, state.current));
  const opened = useSessionState((state) => state.opened);
  const work = useSessionState((state) => (state.current === undefined ? undefined : workOf(state.work, state.current)));
  if (!image) return <p className="hint annotate-empty">No image is open. Choose one from the list.</p>;
  const failed = work?.state === 'failed' && (
    <div className="notice" data-code={work.notice.code}>
      <p>
        <strong>{work.notice.sentence}</strong> {work.notice.next}
      </p>
      <button type="button" onClick={() => annotate.session()?.retry(image.id)}>
        Try again
      </button>
    </div>
  );
  return (
    <>
      {failed}
      {opened?.id === image.id ? (
        <div className="stage-frame">
          <Preview frame={opened.frame} document={image.document} />
        </div>
      ) : (
        !failed && <p className="hint annotate-empty">Opening {image.name}…</p>
      )}
    </>
  );
}
