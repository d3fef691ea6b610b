import type { ImageDocument } from '../document';
import { type Imported, type ImportedImage, NOTHING, type Problem } from './problem';

/**
 * Merges the labels of several files. Identical labels of an image in two files are imported once; if one file has nobody on it, the
 * other is used; if they differ, the image is left out.
 */
export function merged(
  parts: readonly { readonly path: string; readonly imported: Imported }[],
  passedOver: readonly string[] = [],
): Imported {
  const taken = new Map<number, { image: ImportedImage; path: string }>();
  const problems: Problem[] = [];
  const again = new Map<string, number>();
  const contradicted = new Set<number>();
  let total = 0;
  for (const { path, imported } of parts) {
    for (const problem of imported.problems) problems.push(problem);
    total += imported.total;
    for (const image of imported.images) {
      const other = taken.get(image.id);
      if (!other) {
        taken.set(image.id, { image, path });
        continue;
      }
      total -= 1; // both are for one image
      const [same, empty] = [alike(image.document, other.image.document), image.document.subjects.length === 0];
      if (same || empty || other.image.document.subjects.length === 0) {
        const pair = `${other.path} and ${path}`;
        again.set(pair, (again.get(pair) ?? 0) + 1);
        if (!same && !empty) taken.set(image.id, { image, path });
      } else {
        const what = `${other.path} labels the same image differently.`;
        problems.push({ file: path, where: nameOf(image), what, kind: 'broken' });
        contradicted.add(image.id);
      }
    }
  }
  const notes = [...again].map(
    ([pair, count]) => `${pair} have ${count === 1 ? 'one labelled image' : `${count} labelled images`} in common.`,
  );
  return {
    ...NOTHING,
    images: [...taken.values()].flatMap(({ image }) => (contradicted.has(image.id) ? [] : [image])),
    problems,
    total,
    notes: [...new Set([...parts.flatMap(({ imported }) => imported.notes), ...notes])],
    flagged: [...new Set(parts.flatMap(({ imported }) => imported.flagged))],
    passedOver: [...parts.flatMap(({ imported }) => imported.passedOver), ...passedOver],
  };
}

const nameOf = ({ foreign }: ImportedImage) => (foreign?.id === undefined ? '' : `image ${String(foreign.id)}`);

const alike = (a: ImageDocument, b: ImageDocument) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = ({ subjects }: ImageDocument) => subjects.map(({ box, labels, category }) => ({ box, labels, category }));
