import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { seenJoints } from '../../../app/shell/summary';
import { JOINT_COUNT } from '../../../pose/skeleton';
import { useApp, useAppState } from '../../shell/context';
import { controlStage } from './control';

const KEYS = 'Keys: arrows aim, Enter looks there, B begins a box, Escape leaves.';

function useDescription(): string {
  const photo = useAppState((state) => state.photo);
  const people = useAppState((state) => state.people);
  const threshold = useAppState((state) => state.threshold);
  const poses = people.map((person, i) => `Person ${i + 1}: ${seenJoints(person, threshold)} of ${JOINT_COUNT} joints.`);
  return [photo?.sample?.alt ?? `Photograph ${photo?.name ?? ''}`, ...poses].join(' ');
}

/** The photograph with everything drawn over it. Two layers, so that the photograph is painted only when it or the size changes. */
export function StageView() {
  const parts = useApp();
  const id = useAppState((state) => state.photo?.id);
  const frame = useAppState((state) => state.photo?.frame);
  const work = useAppState((state) => state.work);
  const [boxing, setBoxing] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const photo = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const description = useDescription();

  useEffect(() => {
    if (!stage.current || !photo.current || !overlay.current) return;
    return controlStage(stage.current, { photo: photo.current, overlay: overlay.current }, parts, () => setBoxing(false));
  }, [parts]);

  // A fresh photograph comes into view, and takes the focus that its button had.
  useEffect(() => {
    stage.current?.scrollIntoView({ block: 'nearest' });
    if (document.activeElement === document.body) stage.current?.focus({ preventScroll: true });
  }, [id]);

  if (!frame) return null;
  return (
    <div className="stage-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: no element means "a drawing that takes keys" */}
      <div
        ref={stage}
        className="stage"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by the keys described
        tabIndex={0}
        aria-label="Photograph with joints"
        aria-describedby="stage-keys"
        aria-busy={work !== 'none'}
        data-boxing={boxing || undefined}
        style={{ '--ratio': frame.width / frame.height, aspectRatio: `${frame.width} / ${frame.height}` } as CSSProperties}
      >
        <canvas ref={photo} className="layer" role="img" aria-label={description} />
        <canvas ref={overlay} className="layer overlay" data-testid="overlay" />
        {work !== 'none' && <div className="scan" aria-hidden="true" />}
      </div>
      <p id="stage-keys" className="hint keys">
        <span className="fine-only">Click a person, or drag a box round one. </span>
        <span className="coarse-only">{boxing ? 'Drag a box on the photograph. ' : 'Tap a person. '}</span>
        <span className="fine-only">{KEYS}</span>
      </p>
      <button type="button" className="coarse-only" aria-pressed={boxing} onClick={() => setBoxing(!boxing)}>
        {boxing ? 'Cancel the box' : 'Draw a box'}
      </button>
    </div>
  );
}
