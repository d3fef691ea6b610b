import type { ReadContext } from '../context';
import { isFields } from '../fields';
import type { LabelFile } from '../label-file';
import { folderOf } from '../paths';
import type { Split } from '../split';
import { linesOf } from './lines';

const SPLITS: readonly Split[] = ['train', 'val', 'test'];

/**
 * The split of each image by data.yaml, whose train, val and test name folders or text files that list images. Undefined for an image that
 * none of them names, or several.
 */
export function splitsByYaml(
  yaml: LabelFile | undefined,
  beside: readonly LabelFile[],
  context: ReadContext,
): (image: { readonly id: number; readonly name: string }) => Split | undefined {
  const data = yaml && 'data' in yaml && isFields(yaml.data) ? yaml.data : {};
  const lists = new Map<Split, Set<number>>();
  const folders: (readonly [Split, string])[] = [];
  for (const split of SPLITS) {
    const value = split === 'val' ? (data.val ?? data.valid) : data[split];
    for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof entry !== 'string') continue;
      const path = entry.replaceAll('\\', '/').replace(/^(\.{0,2}\/)+|\/+$/g, '');
      const list = /\.txt$/i.test(path) ? beside.find((file) => `/${file.path}`.endsWith(`/${path}`)) : undefined;
      if (list) lists.set(split, idsIn(list, context));
      else if (path !== '' && path !== '.') folders.push([split, path]);
    }
  }
  return ({ id, name }) => {
    const inFolder = folders.filter(([, folder]) => `/${name}`.includes(`/${folder}/`)).map(([split]) => split);
    const listed = SPLITS.filter((split) => lists.get(split)?.has(id));
    const found = new Set([...listed, ...(listed.length === 0 ? inFolder : [])]);
    return found.size === 1 ? [...found][0] : undefined;
  };
}

function idsIn(list: LabelFile, context: ReadContext): Set<number> {
  const found = linesOf(list.text).map((line) => context.find({ path: line.trim(), from: folderOf(list.path) }));
  return new Set(found.flatMap((image) => (typeof image === 'string' ? [] : [image.id])));
}
