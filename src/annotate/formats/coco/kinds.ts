import { isFields } from '../fields';
import type { DataFile, LabelFile } from '../label-file';

export type ResultsFile = DataFile & { readonly data: readonly unknown[] };

/** A label file of COCO's, whatever its annotations are. */
export const isCoco = (file: LabelFile): file is DataFile =>
  file.kind === 'json' && isFields(file.data) && 'annotations' in file.data;

const isResult = (value: unknown) => isFields(value) && 'image_id' in value && Array.isArray(value.keypoints);

/** COCO's list of results, as prediction programs write it. */
export const isResults = (file: LabelFile): file is ResultsFile =>
  file.kind === 'json' && Array.isArray(file.data) && file.data.some(isResult);
