import { baseName } from './match';

export const isYaml = ({ path }: { readonly path: string }) => /\.ya?ml$/i.test(path);
export const isText = ({ path }: { readonly path: string }) => /\.txt$/i.test(path) && !/^(readme|classes)/i.test(baseName(path));
const isJson = ({ path }: { readonly path: string }) => /\.json$/i.test(path);

/**
 * Which of the files that were given are to be read as labels. Of an export of ours the COCO-19 file says everything, so the others are
 * passed over; else COCO's files go before YOLO's.
 */
export function labelFiles<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  const ours = files.filter(({ path }) => path.endsWith('coco-19.json'));
  if (ours.length > 0) return ours;
  const coco = files.filter((file) => isJson(file) && !file.path.endsWith('mpii.json'));
  if (coco.length > 0) return coco;
  const yaml = files.filter(isYaml);
  return yaml.length > 0 ? [...yaml, ...files.filter(isText)] : [];
}
