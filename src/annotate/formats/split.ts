import { foldersOf, isPlainFolder } from './paths';

/** The part of a data set that an image belongs to. */
export type Split = 'train' | 'val' | 'test';

const WORDS: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  test: 'test',
  testing: 'test',
};

const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');

/** The split named by a folder or file: 'val', 'val2017', 'instances_train.json'. */
export function splitOfName(name: string): Split | undefined {
  return wordsOf(name)
    .map((word) => WORDS[word])
    .find((split) => split !== undefined);
}

/** Whether a folder names a split and nothing else: 'train', 'val2017', 'test_images'. */
export const isSplitFolder = (name: string): boolean => {
  const words = wordsOf(name);
  return words.some((word) => word in WORDS) && words.every((word) => word in WORDS || isPlainFolder(word));
};

export const splitOfFolder = (name: string): Split | undefined => (isSplitFolder(name) ? splitOfName(name) : undefined);

/** The split named by the innermost of the folders in an image's path that name one. */
export function splitOfFolders(path: string): Split | undefined {
  return foldersOf(path)
    .map(splitOfFolder)
    .findLast((split) => split !== undefined);
}
