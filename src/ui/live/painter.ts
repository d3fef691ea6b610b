import type { Trails } from '../../app/live/settings';
import type { State } from '../../app/shell/store';
import { paint, paintPicture, type Scene } from '../../draw/paint';
import { jointRadius } from '../../draw/skeleton';
import { drawTrail } from '../../draw/trail';
import { fitView, prepareCanvas } from '../../draw/viewport';
import { ALL_JOINTS, type JointName, jointIndex } from '../../pose/skeleton';
import type { View } from '../../pose/space';
import { heatOf } from '../photo/viewer/scene';
import type { AppParts } from '../shell/context';

const WRISTS: readonly JointName[] = ['left_wrist', 'right_wrist'];
const ANKLES: readonly JointName[] = ['left_ankle', 'right_ankle'];
const TRAILED: Readonly<Record<Trails, readonly number[]>> = {
  off: [],
  wrists: WRISTS.map(jointIndex),
  ankles: ANKLES.map(jointIndex),
  both: [...WRISTS, ...ANKLES].map(jointIndex),
};

function sceneOf({ live, livePose, threshold }: State, view: View): Scene {
  const people = livePose
    ? [
        {
          pose: livePose.pose,
          coarse: livePose.pose,
          roi: livePose.roi,
          chosen: true,
          box: undefined,
          heat: live.heat && livePose.coarseMaps ? heatOf(livePose.coarseMaps, ALL_JOINTS) : undefined,
        },
      ]
    : [];
  return {
    view,
    people,
    skeleton: true,
    offsets: false,
    threshold,
    chosenJoint: undefined,
    draft: undefined,
    cursor: undefined,
  };
}

/** Everything that lies over the picture. */
function paintOver(context: CanvasRenderingContext2D, state: State, view: View): void {
  const { live, livePose, threshold } = state;
  if (livePose) {
    const width = 1.1 * jointRadius(livePose.roi.side, view);
    drawTrail(context, livePose.trail, view, { joints: TRAILED[live.trails], threshold, width });
  }
  paint(context, sceneOf(state, view));
}

/** Paints the newest pose on the next animation frame after it came, and says when it is there. Returns what ends that. */
export function paintLive(canvas: HTMLCanvasElement, { store, live }: AppParts): () => void {
  let frame = 0;

  function repaint(): void {
    const state = store.getState();
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (size.width === 0) return;
    const { width, height, mirrored } = state.live;
    const view = fitView({ width, height }, size, mirrored);
    paintOver(prepareCanvas(canvas, size, window.devicePixelRatio), state, view);
    if (state.livePose) live.drawn(state.livePose.time);
  }

  function schedule(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(repaint);
  }

  const observer = new ResizeObserver(schedule);
  observer.observe(canvas);
  const unsubscribe = store.subscribe((state, before) => {
    if (state.livePose !== before.livePose || state.live !== before.live || state.threshold !== before.threshold) schedule();
  });
  return () => {
    observer.disconnect();
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}

/** Paints what the stage shows at this moment: the picture with the joints over it, as large as fits into the canvas. */
export function compose(video: HTMLVideoElement, canvas: HTMLCanvasElement, state: State): void {
  const { width, height, mirrored } = state.live;
  const size = { width: canvas.width, height: canvas.height };
  const context = prepareCanvas(canvas, size, 1);
  const view = fitView({ width, height }, size, mirrored);
  paintPicture(context, { source: video, width, height }, view);
  paintOver(context, state, view);
}

/** What the stage shows at this moment, in the source's own pixels, as PNG. */
export function snapshot(video: HTMLVideoElement, state: State): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [state.live.width, state.live.height];
  compose(video, canvas, state);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))), 'image/png');
  });
}
