import type { Foreign } from '../../document';
import { isFields, listOf } from '../fields';
import type { LabelFile } from '../label-file';
import { withProvenance } from '../provenance';
import { isId } from './ids';
import { fileFields, splitOfFile } from './read';
import { OWN_FIELD } from './write';

/** An image as a COCO file lists it. */
export interface ListedImage {
  readonly fileName: string;
  /** Its other fields, and what the file states once for all images. */
  readonly foreign: Foreign;
}

/** The images that COCO files list, by their ids: results, which come with such files, have only ids. */
export function listedImages(files: readonly LabelFile[]): ReadonlyMap<string, ListedImage> {
  const listed = new Map<string, ListedImage>();
  for (const file of files) {
    if (file.kind !== 'json' || !isFields(file.data)) continue;
    const shared = fileFields(file.data, categoriesIn(file.data.categories));
    const split = splitOfFile(file.path);
    for (const image of listOf(file.data.images)) {
      if (!isFields(image) || !isId(image.id) || typeof image.file_name !== 'string') continue;
      const { file_name: fileName, width: _w, height: _h, [OWN_FIELD]: _o, ...fields } = image;
      const foreign = withProvenance(fields, { fileName, file: shared, ...(split && { split }) });
      listed.set(String(image.id), { fileName, foreign });
    }
  }
  return listed;
}

const categoriesIn = (values: unknown) =>
  listOf(values)
    .filter(isFields)
    .map(({ keypoints, skeleton: _s, ...fields }) => ({
      name: String(fields.name ?? 'person'),
      joints: listOf(keypoints).length > 0,
      fields,
    }));
