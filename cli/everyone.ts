/** Finds everybody in whole images, in the same way as the app, and writes a file that training/evaluation/everyone.py scores. */
import { readFile, writeFile } from 'node:fs/promises';
import { findPeople } from '../src/node/find';
import { createPoser } from '../src/node/poser';
import { expectedOks } from '../src/pose/oks';
import type { Pose } from '../src/pose/pose';
import type { Raster } from '../src/pose/resample';
import { openDetector, openModel, startWasm } from './node';
import { openPeerOfMany } from './peer';
import { rasterOf } from './predictions';

interface RankedPerson {
  readonly pose: Pose;
  /** Average precision ranks people by it. */
  readonly score: number;
}

/** Finds everybody in an image that the app, or a peer, would show. */
export type FindEverybody = (raster: Raster) => Promise<readonly RankedPerson[]>;

export interface EveryoneOptions {
  /** Contains truth.json, which names the images beside it. */
  readonly folder: string;
  readonly out: string;
  readonly find: FindEverybody;
  /** Only every n-th image. */
  readonly every: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes { index, pictures }: which images, and the people in each: { pose: [19][x, y, score], score }, in pixels of the image. */
export async function predictEveryone({ folder, out, find, every, onProgress }: EveryoneOptions): Promise<void> {
  const { files } = JSON.parse(await readFile(`${folder}/truth.json`, 'utf8')) as { readonly files: readonly string[] };
  const index = files.map((_, i) => i).filter((i) => i % every === 0);
  const pictures: { readonly pose: number[][]; readonly score: number }[][] = [];
  for (const image of index) {
    const people = await find(rasterOf(await readFile(`${folder}/${files[image]}`)));
    pictures.push(
      people.map(({ pose, score }) => ({
        pose: pose.map((joint) => [joint.x, joint.y, joint.score].map(rounded)),
        score: rounded(score),
      })),
    );
    onProgress?.(pictures.length, index.length);
  }
  await writeFile(out, JSON.stringify({ index, pictures }));
}

/** Lends `use` a function that finds everybody in the same way as the app. model, detector: folders. */
export async function withOurs<T>(model: string, detector: string, use: (find: FindEverybody) => Promise<T>): Promise<T> {
  await startWasm();
  const finder = await openDetector(detector);
  const pose = await openModel(model);
  const poser = createPoser(pose);
  try {
    return await use(async (raster) => {
      const people = await findPeople(raster, finder, poser, true);
      return people.map(({ pose, score }) => ({ pose, score: score * expectedOks(pose) })); // as in a COCO file
    });
  } finally {
    finder.dispose();
    pose.dispose();
  }
}

/** Lends `use` a peer (cli/peer.ts). side: of its input, pixels. */
export async function withPeer<T>(file: string, side: number, use: (find: FindEverybody) => Promise<T>): Promise<T> {
  await startWasm();
  const peer = await openPeerOfMany(file, side);
  try {
    return await use((raster) => peer.find(raster));
  } finally {
    peer.dispose();
  }
}

const rounded = (value: number) => Number(value.toFixed(3));
