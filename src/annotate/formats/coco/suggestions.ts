import type { Size } from '../../../pose/roi';
import { type Foreign, type ImageDocument, labelsFromPose, type Subject } from '../../document';
import { DRAFT_THRESHOLD } from '../../draft';
import { boxOf, isFields } from '../fields';
import { isNumberId } from './ids';
import { poseNumbers, poseOfNumbers } from './own-pose';

/** The undecided suggestions of an image, for our own field of its entry. */
export function suggestionEntries({ suggestions = [] }: ImageDocument): Foreign[] {
  return suggestions.flatMap(({ id, box: { x, y, width, height }, prediction }) =>
    prediction ? [{ subject: id, bbox: [x, y, width, height], prediction: poseNumbers(prediction) }] : [],
  );
}

/** Reads the suggestions in such a field, without damaged entries. Where their ids are taken, they get new ones from `nextId` on. */
export function readSuggestions(value: unknown, image: Size | undefined, taken: ReadonlySet<number>, nextId: number): Subject[] {
  if (!Array.isArray(value)) return [];
  const used = new Set(taken);
  let free = nextId;
  return value.flatMap((entry: unknown): Subject[] => {
    if (!isFields(entry)) return [];
    const [box, prediction] = [boxOf(entry.bbox), poseOfNumbers(entry.prediction)];
    if (!box || !prediction) return [];
    const own = isNumberId(entry.subject) && entry.subject > 0 && entry.subject < nextId && !used.has(entry.subject);
    const id = own ? Number(entry.subject) : free++;
    used.add(id);
    return [{ id, box, labels: labelsFromPose(prediction, DRAFT_THRESHOLD, image), prediction, foreign: undefined }];
  });
}
