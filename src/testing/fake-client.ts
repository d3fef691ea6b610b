/** An engine that ignores the pixels: tests drive the app with it. It never ships. */
import type {
  CreateEstimator,
  EstimateRequest,
  EstimateResult,
  MapDetail,
  ModelInfo,
  PersonResult,
  Ready,
  Region,
  Stages,
} from '../engine/protocol';
import { encode } from '../pose/heatmap';
import { keypoint, type Pose } from '../pose/pose';
import { roiFromPose, type Size, wholeFrameRoi } from '../pose/roi';

import { type CropPoint, cropPoint, cropToCell, cropToImage, type Roi } from '../pose/space';

const STAGES: Stages = { pyramid: [192, 96, 48], coarse: { size: 24, stride: 8 }, fine: { size: 10, stride: 4 } };

const FAKE_MODEL: ModelInfo = {
  name: 'fake',
  input: 192,
  stages: STAGES,
  parameters: 1_234_567,
  gmac: 0.312,
  bytes: 2_500_000,
};

export const FAKE_READY: Ready = { backend: 'wasm', why: 'this is the fake engine', model: FAKE_MODEL };

/** A standing figure, x and y as fractions of the crop. */
const FIGURE: readonly (readonly [number, number])[] = [
  [0.5, 0.2],
  [0.53, 0.18],
  [0.47, 0.18],
  [0.56, 0.19],
  [0.44, 0.19],
  [0.6, 0.31],
  [0.4, 0.31],
  [0.68, 0.42],
  [0.31, 0.41],
  [0.72, 0.3],
  [0.27, 0.53],
  [0.56, 0.55],
  [0.44, 0.55],
  [0.58, 0.71],
  [0.41, 0.72],
  [0.57, 0.88],
  [0.4, 0.89],
  [0.5, 0.28],
  [0.5, 0.12],
];

const figure = (input: number): CropPoint[] => FIGURE.map(([x, y]) => cropPoint(x * input, y * input));
const scoreOf = (joint: number) => (joint === 15 ? 0.1 : 0.95 - joint * 0.03);

function maps(points: readonly CropPoint[], detail: MapDetail): Partial<PersonResult> {
  const { coarse, fine } = STAGES;
  if (detail === 'none') return {};
  const coarseMaps = new Float32Array(
    points.flatMap((p, j) => [...encode(cropToCell(p, coarse.stride), coarse.size).map((v) => v * scoreOf(j))]),
  );
  if (detail === 'coarse') return { coarseMaps };
  const fineOrigins = points.map((p) =>
    cropPoint((Math.floor(p.x / coarse.stride) - 2) * coarse.stride, (Math.floor(p.y / coarse.stride) - 2) * coarse.stride),
  );
  const fineMaps = new Float32Array(points.flatMap((p, j) => [...encode(cropToCell(p, fine.stride, fineOrigins[j]), fine.size)]));
  return { coarseMaps, fineMaps, fineOrigins };
}

/** The figure as it would be found in a crop. */
export function fakePerson(roi: Roi, detail: MapDetail): PersonResult {
  const points = figure(FAKE_MODEL.input);
  const place = (shift: number): Pose =>
    points.map((p, joint) => {
      const { x, y } = cropToImage(
        cropPoint(p.x + shift * Math.cos(joint), p.y + shift * Math.sin(joint)),
        roi,
        FAKE_MODEL.input,
      );
      return keypoint(x, y, scoreOf(joint));
    });
  return { roi, score: 0.9, pose: place(0), refined: place(0), coarse: place(4), ...maps(points, detail) };
}

/** Where the fake engine finds a person: in each region or, if a frame is searched, in the whole frame. */
function regionsIn({ frame, regions }: EstimateRequest): readonly Region[] {
  if (typeof regions === 'string') return [{ roi: wholeFrameRoi(frame), refine: true }];
  if (!('rois' in regions)) return regions;
  const known = regions.rois.map((roi) => ({ roi, refine: false }));
  return known.length > 0 || !regions.detect ? known : [{ roi: wholeFrameRoi(frame), refine: true }];
}

/** The fake engine's result: the figure in each region. */
export function fakeEstimate(request: EstimateRequest): EstimateResult {
  const { frame, maps: detail } = request;
  const people = regionsIn(request).map(({ roi, refine }) => {
    const first = fakePerson(roi, detail);
    return refine ? fakePerson(roiFromPose(first.pose, frame, 0.2) ?? roi, detail) : first;
  });
  return { people, timings: { crop: 1, network: 32, total: 33 }, backend: 'wasm' };
}

/** Two people side by side, as a search finds them in a wide image. */
function two({ width, height }: Size): Region[] {
  const side = Math.max(width / 2, height);
  return [0.25, 0.75].map((share) => ({ roi: { cx: share * width, cy: height / 2, side }, refine: true }));
}

/** Of two people in a panorama, the second is doubtful, and returned only on request. */
function withDoubt(answer: EstimateResult, { frame, regions }: EstimateRequest): EstimateResult {
  if (typeof regions !== 'string' || frame.width < 2 * frame.height) return answer;
  const [sure, doubtful] = answer.people;
  if (!sure || !doubtful) return answer;
  return { ...answer, people: regions === 'everybody' ? [sure] : [sure, { ...doubtful, score: 0.25, doubtful: true }] };
}

/** The engine of a page built with `--mode fake`. */
export const createEstimator: CreateEstimator = async (signal, { onStatus }) => {
  onStatus({ state: 'loading', loaded: 1_000_000, total: FAKE_MODEL.bytes });
  await new Promise((resolve) => setTimeout(resolve, 5));
  onStatus({ state: 'compiling', done: 12, total: 40 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  signal.throwIfAborted();
  onStatus({ state: 'ready', ready: FAKE_READY });
  return {
    estimate: async (abort, request) => {
      onStatus({ state: 'running', ready: FAKE_READY });
      await new Promise((resolve) => setTimeout(resolve, 5));
      onStatus({ state: 'ready', ready: FAKE_READY });
      abort.throwIfAborted();
      const { frame, regions } = request;
      const wide = typeof regions === 'string' && frame.width >= 1.2 * frame.height;
      const answer = withDoubt(fakeEstimate(wide ? { ...request, regions: two(frame) } : request), request);
      if (request.transfer) frame.bitmap.close(); // as it would have been transferred to the worker
      return answer;
    },
    dispose: async () => undefined,
  };
};
