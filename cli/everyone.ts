/** Everybody in whole images, by the path that the app takes, as a file that training/evaluation/everyone.py scores. */
import { readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Detector } from '../src/model/detector/detector';
import { detectionInImage } from '../src/pose/detection';
import { everybody, LEAST_BOX } from '../src/pose/everybody';
import { cutSquare, type Raster } from '../src/pose/resample';
import { wholeFrameRoi } from '../src/pose/roi';
import { openDetector, openModel, startWasm } from './node';
import { createPoser, type Poser } from './poser';
import { rasterOf } from './predictions';

export interface EveryoneOptions {
  /** Has truth.json, which names the images beside it. */
  readonly folder: string;
  readonly out: string;
  /** Folders of the models. */
  readonly model: string;
  readonly detector: string;
  /** Every n-th image alone. */
  readonly every: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes { index, pictures }: which images, and of each the people: { pose: [19][x, y, score], score }, in pixels of the image. */
export async function predictEveryone({ folder, out, model, detector, every, onProgress }: EveryoneOptions): Promise<void> {
  const { files } = JSON.parse(await readFile(`${folder}/truth.json`, 'utf8')) as { readonly files: readonly string[] };
  const index = files.map((_, i) => i).filter((i) => i % every === 0);
  await startWasm();
  const finder = await openDetector(detector);
  const pose = await openModel(model);
  const poser = createPoser(pose);
  const pictures: unknown[] = [];
  try {
    for (const image of index) {
      pictures.push(await peopleIn(rasterOf(await readFile(`${folder}/${files[image]}`)), finder, poser));
      onProgress?.(pictures.length, index.length);
    }
  } finally {
    finder.dispose();
    pose.dispose();
  }
  await writeFile(out, JSON.stringify({ index, pictures }));
}

async function peopleIn(raster: Raster, detector: Detector, poser: Poser): Promise<unknown[]> {
  const { size } = detector.contract.input;
  const whole = wholeFrameRoi(raster);
  const pixels = tf.tensor4d(cutSquare(raster, whole, size), [1, size, size, 3], 'int32');
  try {
    const [found = []] = await detector.run(new AbortController().signal, pixels, LEAST_BOX);
    const people = await everybody(
      found.map((one) => detectionInImage(one, whole, size, raster)),
      (rois) => poser.pass(raster, rois),
    );
    return people.map(({ pose, score }) => ({
      pose: pose.map((joint) => [joint.x, joint.y, joint.score].map(rounded)),
      score: rounded(score),
    }));
  } finally {
    pixels.dispose();
  }
}

const rounded = (value: number) => Number(value.toFixed(3));
