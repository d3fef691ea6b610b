/** Everybody in whole images, by the path that the app takes, as a file that training/evaluation/everyone.py scores. */
import { readFile, writeFile } from 'node:fs/promises';
import { findPeople } from './find';
import { openDetector, openModel, startWasm } from './node';
import { createPoser } from './poser';
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
  const pictures: { readonly pose: number[][]; readonly score: number }[][] = [];
  try {
    for (const image of index) {
      const people = await findPeople(rasterOf(await readFile(`${folder}/${files[image]}`)), finder, poser);
      pictures.push(
        people.map(({ pose, score }) => ({
          pose: pose.map((joint) => [joint.x, joint.y, joint.score].map(rounded)),
          score: rounded(score),
        })),
      );
      onProgress?.(pictures.length, index.length);
    }
  } finally {
    finder.dispose();
    pose.dispose();
  }
  await writeFile(out, JSON.stringify({ index, pictures }));
}

const rounded = (value: number) => Number(value.toFixed(3));
