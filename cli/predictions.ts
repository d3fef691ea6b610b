/** Prediction files: a model's results on WASM for validation crops, or for whole images. */
import { open, readFile, writeFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { findPeople, posesIn } from '../src/node/find';
import { createPoser, type Poser } from '../src/node/poser';
import { keypoint, type Pose } from '../src/pose/pose';
import type { Raster } from '../src/pose/resample';
import { type Size, wholeFrameRoi } from '../src/pose/roi';
import { JOINT_COUNT } from '../src/pose/skeleton';
import { openDetector, openModel, startWasm } from './node';
import { openPeer } from './peer';

export interface PredictOptions {
  readonly kind: 'crops' | 'images';
  /** Contains truth.json, and crops.u8 or the images that it names. */
  readonly folder: string;
  readonly out: string;
  /** Folder of the model. */
  readonly model: string;
  /** Folder of the detector, which finds the people in whole images. */
  readonly detector: string;
  /** A second pass on each person's mirror image. */
  readonly flipTest: boolean;
  /** A peer's graph model (cli/peer.ts) instead of `model`. */
  readonly peer?: string;
  /** Crops only: side of the part of a crop that the model sees, over the longer side of the person's box. */
  readonly margin: number;
  /** Maximum number of people, evenly spread; the file then says which. */
  readonly limit?: number;
  readonly onProgress?: Progress;
}

type Progress = (done: number, total: number) => void;
/** The pose to write for the person in a crop. */
type CropPose = (crop: Raster) => Promise<Pose>;

/** Side of a crop over the longer side of the box, if truth.json does not say. */
const CROP_MARGIN = 1.25;

/** Stands for a person who was not found: counts as all wrong. */
const NOBODY: Pose = Array.from({ length: JOINT_COUNT }, () => keypoint(0, 0, 0));

/** Writes a list [people][19][x, y, score] in pixels of the crop or image; with a limit { index, people }. */
export async function predict(options: PredictOptions): Promise<void> {
  const { folder, out, limit } = options;
  const truth = JSON.parse(await readFile(`${folder}/truth.json`, 'utf8')) as Truth;
  const index = pick(truth.n, limit ?? truth.n);
  const poses = await posesOf(options, truth, index);
  const people = poses.map((pose) => pose.map(({ x, y, score }) => [x, y, score].map((value) => Number(value.toFixed(3)))));
  await writeFile(out, JSON.stringify(limit === undefined ? people : { index, people }));
}

async function posesOf(options: PredictOptions, truth: Truth, index: readonly number[]): Promise<Pose[]> {
  const { kind, folder, flipTest, margin, onProgress } = options;
  await startWasm();
  const model = await (options.peer === undefined ? openModel(options.model) : openPeer(options.peer));
  const poser = createPoser(model);
  const share = margin / (truth.margin ?? CROP_MARGIN);
  const middle = (crop: Size) => ({ ...wholeFrameRoi(crop), side: share * crop.width });
  const cropPose: CropPose = async (crop) => (await posesIn(crop, [middle(crop)], poser, flipTest))[0] ?? NOBODY;
  try {
    return kind === 'crops'
      ? await predictCrops(folder, truth.size, index, cropPose, onProgress)
      : await predictImages(options, truth.files ?? [], index, poser);
  } finally {
    model.dispose();
  }
}

interface Truth {
  /** Side of the crops, pixels. */
  readonly size: number;
  /** Side of the crops over the longer side of the person's box. */
  readonly margin?: number;
  readonly n: number;
  readonly files?: readonly string[];
}

/** Every k-th of n, at most `limit`. */
function pick(n: number, limit: number): number[] {
  const step = Math.max(1, Math.ceil(n / limit));
  return Array.from({ length: Math.ceil(n / step) }, (_, i) => i * step);
}

async function predictCrops(
  folder: string,
  size: number,
  index: readonly number[],
  poseOf: CropPose,
  onProgress: Progress = () => undefined,
): Promise<Pose[]> {
  const file = await open(`${folder}/crops.u8`);
  const poses: Pose[] = [];
  try {
    for (const crop of index) {
      const data = new Uint8Array(size * size * 3);
      const { bytesRead } = await file.read(data, 0, data.length, crop * data.length);
      if (bytesRead < data.length) throw new Error(`${folder}/crops.u8 is too short: it ends before or in crop ${crop}`);
      poses.push(await poseOf({ width: size, height: size, data }));
      onProgress(poses.length, index.length);
    }
  } finally {
    await file.close();
  }
  return poses;
}

/** 8-bit PNG -> RGB. Throws for any other kind. */
export function rasterOf(png: Uint8Array): Raster {
  const { width, height, channels, depth, data } = decode(png);
  if (depth !== 8 || channels < 3)
    throw new Error(
      `images.py writes PNGs of 3 channels and 8 bits, but this one differs (channels: ${channels}, bits: ${depth})`,
    );
  if (channels === 3) return { width, height, data: Uint8Array.from(data) };
  return { width, height, data: Uint8Array.from(data.filter((_, i) => i % channels < 3)) };
}

async function predictImages(
  { folder, detector, flipTest, onProgress = () => undefined }: PredictOptions,
  files: readonly string[],
  index: readonly number[],
  poser: Poser,
): Promise<Pose[]> {
  const poses: Pose[] = [];
  const finder = await openDetector(detector);
  try {
    for (const image of index) {
      const raster = rasterOf(await readFile(`${folder}/${files[image]}`));
      const [person] = await findPeople(raster, finder, poser, flipTest);
      poses.push(person?.pose ?? NOBODY);
      onProgress(poses.length, index.length);
    }
  } finally {
    finder.dispose();
  }
  return poses;
}
