import type { LiveActions } from '../../app/live/actions';
import type { Trails } from '../../app/live/settings';
import { type LivePerson, type LiveState, wantedPeople } from '../../app/live/state';
import type { AppStore } from '../../app/shell/store';
import { heatOf } from '../../draw/heat';
import { paint, paintImage, type Scene } from '../../draw/paint';
import { drawPersonLabel } from '../../draw/person-label';
import { jointRadius } from '../../draw/skeleton';
import { drawTrail } from '../../draw/trail';
import { fitView, prepareCanvas } from '../../draw/viewport';
import { ALL_JOINTS, type JointName, jointIndex } from '../../pose/skeleton';
import { type ImagePoint, type View, type ViewPoint, viewToImage } from '../../pose/space';
import { isDoubtful } from '../../pose/track';

const WRISTS: readonly JointName[] = ['left_wrist', 'right_wrist'];
const ANKLES: readonly JointName[] = ['left_ankle', 'right_ankle'];
const TRAILED: Readonly<Record<Trails, readonly number[]>> = {
  off: [],
  wrists: WRISTS.map(jointIndex),
  ankles: ANKLES.map(jointIndex),
  both: [...WRISTS, ...ANKLES].map(jointIndex),
};

function sceneOf(people: readonly LivePerson[], { heat, width, height }: LiveState, threshold: number, view: View): Scene {
  return {
    view,
    veiled: heat ? { width, height } : undefined, // even while nobody is in view, so that the video does not flicker
    people: people.map(({ pose, roi, coarseMaps }) => ({
      pose,
      roi,
      chosen: true,
      faint: isDoubtful(pose),
      box: undefined,
      heat: heat && coarseMaps ? heatOf(coarseMaps, ALL_JOINTS) : undefined,
    })),
    skeleton: true,
    offsets: false,
    threshold,
    chosenJoint: undefined,
    boxes: [],
    points: [],
  };
}

/** Everything that lies over the video. */
function paintOver(context: CanvasRenderingContext2D, state: LiveState, threshold: number, view: View): void {
  const wanted = wantedPeople(state) ?? [];
  for (const { trail, roi } of wanted) {
    const width = 1.1 * jointRadius(roi.side, view);
    drawTrail(context, trail, view, { joints: TRAILED[state.trails], threshold, width });
  }
  paint(context, sceneOf(wanted, state, threshold, view));
  if (!state.people || state.people.length < 2) return; // somebody alone needs no number
  for (const { id, pose } of state.people) drawPersonLabel(context, id, pose, view, threshold);
}

/** The image point shown at a point of the canvas. */
export function imagePointAt(canvas: HTMLCanvasElement, at: ViewPoint, { width, height, mirrored }: LiveState): ImagePoint {
  return viewToImage(at, fitView({ width, height }, { width: canvas.clientWidth, height: canvas.clientHeight }, mirrored));
}

/** Paints the newest poses on the next animation frame, and reports when they are on the screen. Returns a function that stops this. */
export function paintLive(canvas: HTMLCanvasElement, app: AppStore, { store, drawn }: LiveActions): () => void {
  let frame = 0;

  function repaint(): void {
    const state = store.getState();
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (size.width === 0) return;
    const { width, height, mirrored, people } = state;
    const view = fitView({ width, height }, size, mirrored);
    paintOver(prepareCanvas(canvas, size, window.devicePixelRatio), state, app.getState().threshold, view);
    if (people?.[0]) drawn(people[0].time);
  }

  function schedule(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(repaint);
  }

  const observer = new ResizeObserver(schedule);
  observer.observe(canvas);
  const forget = [
    store.subscribe(schedule),
    app.subscribe((state, before) => state.threshold !== before.threshold && schedule()),
  ];
  return () => {
    observer.disconnect();
    for (const unsubscribe of forget) unsubscribe();
    cancelAnimationFrame(frame);
  };
}

/** Paints what the viewer currently shows: the video with the joints over it, as large as fits into the canvas. */
export function compose(video: HTMLVideoElement, canvas: HTMLCanvasElement, state: LiveState, threshold: number): void {
  const { width, height, mirrored } = state;
  const size = { width: canvas.width, height: canvas.height };
  const context = prepareCanvas(canvas, size, 1);
  const view = fitView({ width, height }, size, mirrored);
  paintImage(context, { source: video, width, height }, view);
  paintOver(context, state, threshold, view);
}

/** What the viewer currently shows, at the source's own resolution, as PNG. */
export function snapshot(video: HTMLVideoElement, state: LiveState, threshold: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [state.width, state.height];
  compose(video, canvas, state, threshold);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))), 'image/png');
  });
}
