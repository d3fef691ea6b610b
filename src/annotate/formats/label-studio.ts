import type { Box } from '../../pose/roi';
import { assembled, type FoundImage, type FoundPerson } from './assemble';
import { onlyPeople, smallestHolding } from './boxed';
import { type Fields, isFields, isFiniteNumber, listOf } from './fields';
import type { Reader } from './format';
import { saysHidden } from './hidden';
import type { JointPlace } from './joint-table';
import type { DataFile, LabelFile } from './label-file';
import { merged } from './merge';
import { NOTHING } from './problem';
import { roundTurned } from './turned';

/** A task in which something is labelled or predicted, or an annotator submitted that nothing is there. */
const isTask = (value: unknown): value is Fields =>
  isFields(value) && isFields(value.data) && (annotationsOf(value).length > 0 || resultsOf(value).length > 0);
const tasksOf = (data: unknown): readonly Fields[] => (Array.isArray(data) ? data : [data]).map(unfolded).filter(isTask);
const isTasks = (file: LabelFile): file is DataFile =>
  file.kind === 'json' && tasksOf(file.data).some((task) => resultsOf(task).some(isKeypoint));

/**
 * Reads Label Studio's exports as JSON and JSON_MIN (labelstud.io, "Export formats"), or a single task. Keypoints are percentages of the
 * image's sides. Joints belong to the rectangle that is their parent, that a relation joins them to, or else that they lie in; without
 * rectangles an image has one person. A keypoint is hidden if a choice made for it says so (occluded, hidden). A rectangle without joints is a person if its label says so; an annotation that was submitted empty
 * means that nobody is there.
 */
export const LABEL_STUDIO_READER: Reader = {
  takes: isTasks,
  read(files, context) {
    const found = onlyPeople(files.filter(isTasks).map(({ path, data }) => ({ path, images: tasksOf(data).map(imageOf) })));
    const parts = found.files.map(({ path, images }) => ({
      path,
      imported: assembled(path, images, context, { percent: true, ownPaths: true }),
    }));
    if (context.question) return NOTHING;
    const read = merged(parts);
    return { ...read, notes: [...read.notes, ...found.notes] };
  },
};

/** Converts a JSON_MIN task, which lists the results' values under the names of their controls, to the form of the full export. */
function unfolded(task: unknown): unknown {
  if (!isFields(task) || isFields(task.data)) return task;
  const isValue = (value: unknown) => isFields(value) && ('keypointlabels' in value || 'rectanglelabels' in value);
  const lists = Object.values(task).filter((list): list is readonly Fields[] => listOf(list).some(isValue));
  const result = lists.flat().map((value) => ({ ...value, value }));
  const isSubmitted = result.length > 0 || 'annotation_id' in task;
  return { id: task.id, data: task, annotations: isSubmitted ? [{ result }] : [] };
}

/** The annotations, except those that were skipped. */
const annotationsOf = (task: Fields): readonly Fields[] =>
  [...listOf(task.annotations), ...listOf(task.completions)]
    .filter(isFields)
    .filter(({ was_cancelled }) => was_cancelled !== true);

/** The results of the last annotation or, if there is none, of the last prediction. */
function resultsOf(task: Fields): readonly unknown[] {
  const source = annotationsOf(task).at(-1) ?? listOf(task.predictions).filter(isFields).at(-1);
  return listOf(source?.result);
}

const isPredicted = (task: Fields): boolean => annotationsOf(task).length === 0;

interface Keypoint extends Fields {
  readonly value: Fields & { readonly x: number; readonly y: number; readonly keypointlabels: readonly unknown[] };
}
interface Rectangle extends Fields {
  readonly value: Fields & { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const hasPlace = (value: unknown): value is Fields & { readonly x: number; readonly y: number } =>
  isFields(value) && isFiniteNumber(value.x) && isFiniteNumber(value.y);
const isKeypoint = (result: unknown): result is Keypoint =>
  isFields(result) && hasPlace(result.value) && Array.isArray(result.value.keypointlabels);
const isRectangle = (result: unknown): result is Rectangle =>
  isFields(result) && hasPlace(result.value) && isFiniteNumber(result.value.width) && Array.isArray(result.value.rectanglelabels);

function imageOf(task: Fields, index: number): FoundImage {
  const results = resultsOf(task);
  const [first] = results.filter(isFields);
  const data = isFields(task.data) ? task.data : {};
  const path = [data.image, data.img, ...Object.values(data), task.file_upload].find(
    (value) => typeof value === 'string' && value !== '',
  );
  const { people, complaint } = peopleOf(results, isPredicted(task));
  return {
    where: `task ${String(task.id ?? index + 1)}`,
    path: String(path ?? ''),
    declared: { width: first?.original_width, height: first?.original_height },
    people,
    ...(complaint !== undefined && { complaint }),
  };
}

function peopleOf(results: readonly unknown[], scores: boolean): { people: FoundPerson[]; complaint?: string } {
  const rectangles = results.filter(isRectangle);
  const owners = ownersByRelation(results);
  const hidden = hiddenIds(results);
  const groups = new Map<Rectangle | undefined, Map<string, JointPlace>>(rectangles.map((one) => [one, new Map()]));
  for (const keypoint of results.filter(isKeypoint)) {
    const { value } = keypoint;
    const parent = keypoint.parentID ?? owners.get(String(keypoint.id));
    const owner = rectangles.find(({ id }) => parent !== undefined && id === parent) ?? smallestHolding(value, rectangles, boxOf);
    const name = String(value.keypointlabels[0] ?? '');
    const joints = groups.get(owner) ?? new Map<string, JointPlace>();
    if (joints.has(name)) {
      const complaint = `The joint ${name} appears twice, and nothing says which person it belongs to. Draw a rectangle around each person.`;
      return { people: [], complaint };
    }
    const score = isFiniteNumber(keypoint.score) ? keypoint.score : 1;
    joints.set(name, { x: value.x, y: value.y, v: scores ? score : hidden.has(keypoint.id) ? 1 : 2 });
    groups.set(owner, joints);
  }
  const people = [...groups].map(([owner, joints]): FoundPerson => {
    const category = owner ? String(listOf(owner.value.rectanglelabels)[0] ?? 'person') : 'person';
    return {
      category: category.toLowerCase() === 'person' ? 'person' : category,
      joints,
      box: owner && boxOf(owner),
      scores: scores && joints.size > 0,
    };
  });
  return { people };
}

/** The ids of the keypoints for which an annotator chose a word that says that they are hidden. */
function hiddenIds(results: readonly unknown[]): ReadonlySet<unknown> {
  const chosen = results.filter(isFields).filter(({ value }) => isFields(value) && listOf(value.choices).some(saysHidden));
  return new Set(chosen.map(({ id }) => id));
}

/** The upright box round a rectangle, which may be turned about its first corner. Percent of the image's sides. */
function boxOf({ value, ...result }: Rectangle): Box {
  const { x, y, width, height, rotation } = value;
  const [across, down] = [result.original_width ?? value.original_width, result.original_height ?? value.original_height];
  const ratio = isFiniteNumber(across) && isFiniteNumber(down) ? down / across : 0;
  if (!isFiniteNumber(rotation) || rotation % 360 === 0 || !(ratio > 0)) return { x, y, width, height };
  const square = { x, y: y * ratio, width, height: height * ratio }; // in units that are as long down as across
  const round = roundTurned(square, rotation, square);
  return { x: round.x, y: round.y / ratio, width: round.width, height: round.height / ratio };
}

/** For each end of a relation, by its id: the other end. */
function ownersByRelation(results: readonly unknown[]): ReadonlyMap<string, unknown> {
  const relations = results.filter(isFields).filter(({ type }) => type === 'relation');
  return new Map(
    relations.flatMap(({ from_id, to_id }) => [
      [String(from_id), to_id],
      [String(to_id), from_id],
    ]),
  );
}
