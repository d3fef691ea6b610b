import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { seenJoints } from '../../../app/photo/words';
import { viewerRatio } from '../../../app/photo/zoom';
import { JOINT_COUNT } from '../../../pose/skeleton';
import { useApp, useAppState } from '../../shell/context';
import { usePhoto, usePhotoState } from '../context';
import { controlViewer } from './control';
import { ZoomTools } from './ZoomTools';

const KEYS =
  'Scroll to zoom; hold Space and drag to pan. Move the crosshair with the arrow keys, then press Enter to detect or B to start a box; Escape cancels.';

function useDescription(): string {
  const photo = usePhotoState((state) => state.photo);
  const people = usePhotoState((state) => state.people);
  const threshold = useAppState((state) => state.threshold);
  const poses = people.map((person, i) => `Person ${i + 1}: ${seenJoints(person, threshold)} of ${JOINT_COUNT} joints.`);
  return [photo?.sample?.alt ?? `Photo ${photo?.name ?? ''}`, ...poses].join(' ');
}

/** The photo with everything drawn over it. Two layers, so that the photo is painted only when it or the size changes. */
export function PhotoViewer() {
  const { store: app } = useApp();
  const actions = usePhoto();
  const id = usePhotoState((state) => state.photo?.id);
  const frame = usePhotoState((state) => state.photo?.frame);
  const work = useAppState((state) => state.work);
  const zoomed = usePhotoState((state) => state.zoom !== undefined);
  const [boxing, setBoxing] = useState(false);
  const viewer = useRef<HTMLDivElement>(null);
  const photo = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const description = useDescription();

  useEffect(() => {
    if (!viewer.current || !photo.current || !overlay.current) return;
    return controlViewer(viewer.current, { photo: photo.current, overlay: overlay.current }, app, actions, () =>
      setBoxing(false),
    );
  }, [app, actions]);

  // A new photo is scrolled into view, and takes over the focus of the button that opened it.
  useEffect(() => {
    viewer.current?.scrollIntoView({ block: 'nearest' });
    if (document.activeElement === document.body) viewer.current?.focus({ preventScroll: true });
  }, [id]);

  if (!frame) return null;
  const ratio = viewerRatio(frame);
  return (
    <div className="viewer-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: no element means "a drawing that takes keys" */}
      <div
        ref={viewer}
        className="viewer"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by the keys described
        tabIndex={0}
        aria-label="Photo with joints"
        aria-describedby="viewer-keys"
        aria-busy={work !== 'none'}
        data-boxing={boxing || undefined}
        data-zoomed={zoomed || undefined}
        style={{ '--ratio': ratio, aspectRatio: ratio } as CSSProperties}
      >
        <canvas ref={photo} className="layer" role="img" aria-label={description} />
        <canvas ref={overlay} className="layer overlay" data-testid="overlay" />
        {work !== 'none' && <div className="scan" aria-hidden="true" />}
      </div>
      <div className="viewer-foot">
        <p id="viewer-keys" className="hint keys">
          <span className="fine-only">Click a person, or drag a box around one. </span>
          <span className="coarse-only">{boxing ? 'Drag a box on the photo. ' : 'Tap a person. Pinch to zoom. '}</span>
          <span className="fine-only">{KEYS}</span>
        </p>
        <button type="button" className="coarse-only" onClick={() => setBoxing(!boxing)}>
          {boxing ? 'Cancel box' : 'Draw a box'}
        </button>
        <ZoomTools />
      </div>
    </div>
  );
}
