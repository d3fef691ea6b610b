import { baseName } from './match';

export type ExportFormat = 'all' | 'coco-19' | 'coco-17' | 'yolo-19' | 'yolo-17' | 'mpii' | 'csv-long' | 'csv-wide';

/** What the files are called; an import knows its own export by them. */
export const FILE_NAME = {
  'coco-19': 'coco-19.json',
  'coco-17': 'coco-17.json',
  mpii: 'mpii.json',
  'csv-long': 'joints-long.csv',
  'csv-wide': 'joints-wide.csv',
} as const;

export type TextFormat = keyof typeof FILE_NAME;

/** The format is one text file, unless the images come with it. */
export const isOneFile = (format: ExportFormat): format is TextFormat => format in FILE_NAME;

export const isYaml = ({ path }: { readonly path: string }) => /\.ya?ml$/i.test(path);
export const isText = ({ path }: { readonly path: string }) => /\.txt$/i.test(path) && !/^(readme|classes)/i.test(baseName(path));
const isJson = ({ path }: { readonly path: string }) => /\.json$/i.test(path);

/**
 * Which of the files that were given are to be read as labels. Of an export of ours the COCO-19 file says everything, so the others are
 * passed over; else COCO's files go before YOLO's.
 */
export function labelFiles<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  const ours = files.filter(({ path }) => path.endsWith(FILE_NAME['coco-19']));
  if (ours.length > 0) return ours;
  const coco = files.filter((file) => isJson(file) && !file.path.endsWith(FILE_NAME.mpii));
  if (coco.length > 0) return coco;
  const yaml = files.filter(isYaml);
  return yaml.length > 0 ? [...yaml, ...files.filter(isText)] : [];
}
