import { keypoint, type Pose } from '../../../pose/pose';
import type { Box, Size } from '../../../pose/roi';
import { JOINT_COUNT } from '../../../pose/skeleton';
import type { Subject } from '../../document';
import { boxOf, type Fields, isFields, isFiniteNumber, shown } from '../fields';
import { extraJoints, type JointPlace, type JointTable, labelsByTable } from '../joint-table';
import { boxOfJoints, predicted } from '../person';
import type { Problems } from '../problem';
import type { Category } from './categories';
import { isNumberId } from './ids';
import { poseOfNumbers } from './own-pose';
import { OWN_FIELD } from './write';

/** A person as read; id is the one that our own export assigned. */
export type PersonEntry = Omit<Subject, 'id'> & { readonly id: number | undefined };

interface Circumstances {
  readonly where: string;
  /** Of the image; undefined if it is not known. */
  readonly size: Size | undefined;
  /** What the third number of each joint is. presence: 1 for every joint that is there, hidden or not. */
  readonly third: 'visibility' | 'score' | 'presence';
}

/**
 * Prediction programs write scores: not all are whole numbers. They may exceed 1 (HRNet and MMPose write the maximum of a heat map), but 2
 * means that they are visibilities. In lists of results, torchvision and Detectron write 1 for every joint, and the score belongs to the
 * person.
 */
export function thirdOf(people: readonly unknown[], of: 'annotations' | 'results'): Circumstances['third'] {
  let fraction = false;
  for (const value of people) {
    const keypoints: readonly unknown[] = isFields(value) && Array.isArray(value.keypoints) ? value.keypoints : [];
    for (let i = 2; i < keypoints.length; i += 3) {
      const v = keypoints[i];
      if (v === 2) return 'visibility';
      fraction ||= isFiniteNumber(v) && !Number.isInteger(v);
    }
  }
  if (fraction) return 'score';
  return of === 'results' ? 'presence' : 'visibility';
}

/** Our own ids are counted up from 1; one that is much higher would leave no room for new ones. */
const MAX_OWN_ID = 2 ** 40;

/** Reads one annotation; undefined if it has problems, which are reported. */
export function readPerson(
  value: Fields,
  category: Category & { readonly table: JointTable },
  circumstances: Circumstances,
  problems: Problems,
): PersonEntry | undefined {
  const { where } = circumstances;
  const before = problems.list.length;
  const { bbox, keypoints, num_keypoints: _n, area, iscrowd, image_id: _i, category_id: _c, [OWN_FIELD]: own, ...rest } = value;
  const boxGiven = bbox !== undefined && bbox !== null;
  const declared = boxOf(bbox);
  if (boxGiven && !declared) {
    problems.add(`${where}, bbox`, `The box must be four numbers (x, y, width and height), but here it is ${shown(bbox)}.`);
  } else if (declared && (declared.width < 0 || declared.height < 0)) {
    problems.add(`${where}, bbox`, `The box has a negative width or height: ${shown(bbox)}.`);
  }
  const areaGiven = area !== undefined && area !== null;
  if (areaGiven && (!isFiniteNumber(area) || area < 0)) {
    problems.add(`${where}, area`, `The area must be a number of 0 or more, but here it is ${shown(area)}.`);
  }
  const places = isNothing(keypoints) ? [] : readPlaces(keypoints, category.table.length, circumstances, problems);
  const prediction = isFields(own) && own.prediction !== undefined ? readPrediction(own.prediction, where, problems) : undefined;
  if (!places || problems.list.length > before) return undefined;
  const scores = circumstances.third === 'score';
  const person = scores ? predicted(category.table, places) : { labels: labelsByTable(category.table, places), prediction };
  const scored = !scores && isFiniteNumber(rest.score) ? scoredDraft(person.labels, rest.score) : undefined;
  const joints = boxOfJoints(person, circumstances.size);
  const box = declared && (hasExtent(declared) || !joints) ? declared : joints;
  if (!box) {
    problems.add(where, 'It has neither a box nor a joint, so there is nothing to show.');
    return undefined;
  }
  const foreign = {
    ...rest,
    ...extraJoints(category.table, category.jointNames, places),
    ...(iscrowd !== undefined && iscrowd !== 0 && { iscrowd }),
    ...(isFiniteNumber(area) && area > 0 && isOfMask(area, box, rest.segmentation) && { area }), // no edit here changes the mask
  };
  const id = isFields(own) && isNumberId(own.subject) && own.subject > 0 && own.subject < MAX_OWN_ID ? own.subject : undefined;
  return {
    id,
    box,
    labels: person.labels,
    prediction: person.prediction ?? scored, // our own export has the draft itself in addition to its score
    foreign,
    ...(category.name !== 'person' && { category: category.name }),
  };
}

/** Some tools write a box of zeros for somebody of whom they have only joints (coco-annotator), or one without sides round one joint (CVAT). */
const hasExtent = ({ width, height }: Box) => width > 0 && height > 0;

/** Whether an area is a mask's, as COCO means it, and not the box's, which other programs write, some beside a box that they round. */
function isOfMask(area: number, { width, height }: Box, segmentation: unknown): boolean {
  if (Array.isArray(segmentation) ? segmentation.length > 0 : isFields(segmentation)) return true;
  const half = 0.5; // a side rounded to whole pixels may be as far off
  return Math.abs(area - width * height) > half * (width + height) + half ** 2;
}

const isNothing = (keypoints: unknown) =>
  keypoints === undefined || keypoints === null || (Array.isArray(keypoints) && keypoints.length === 0);

/** The draft of a person with a single score, from a list of results: each labelled joint gets it. */
function scoredDraft(labels: Subject['labels'], score: number): Pose {
  const inRange = Math.min(1, Math.max(0, score));
  return labels.map(({ x, y, visibility }) => keypoint(x, y, visibility > 0 ? inRange : 0));
}

function readPlaces(
  keypoints: unknown,
  joints: number,
  { where, third }: Circumstances,
  problems: Problems,
): JointPlace[] | undefined {
  const place = `${where}, keypoints`;
  if (!Array.isArray(keypoints))
    return void problems.add(place, `The joints must be a list of numbers, but here they are ${shown(keypoints)}.`);
  const numbers = flat(keypoints, joints);
  if (numbers.length !== 3 * joints) {
    return void problems.add(
      place,
      `Its category has ${joints} joints, so ${3 * joints} numbers are expected, but there are ${numbers.length}.`,
    );
  }
  const scores = third === 'score';
  const isVisibility = (v: number) => (scores ? v >= 0 : v === 0 || v === 1 || v === 2);
  return Array.from({ length: joints }, (_, joint) => {
    const [x, y, given]: unknown[] = numbers.slice(3 * joint, 3 * joint + 3);
    const v = given === null ? 0 : given;
    for (const [i, number] of [x, y, v].entries()) {
      if (!isFiniteNumber(number) && !(v === 0 && number === null)) {
        problems.add(`${place}, number ${3 * joint + i + 1}`, `${shown(number)} is not a number.`);
      }
    }
    if (isFiniteNumber(v) && !isVisibility(v)) {
      const range = scores ? 'score must be 0 or more' : 'visibility must be 0, 1 or 2';
      problems.add(`${place}, number ${3 * joint + 3}`, `The ${range}, but here it is ${v}.`);
    }
    return { x: Number(x), y: Number(y), v: scores ? Math.min(1, Number(v)) : third === 'presence' && v === 1 ? 2 : Number(v) };
  });
}

/** All numbers in one list, three for each joint; a joint may have a list of its own, or only two numbers (0, 0: no label). */
function flat(keypoints: readonly unknown[], joints: number): readonly unknown[] {
  const numbers: readonly unknown[] = keypoints.flat();
  if (numbers.length !== 2 * joints) return numbers;
  return Array.from({ length: joints }, (_, i) => {
    const [x, y] = numbers.slice(2 * i, 2 * i + 2);
    return [x, y, x === 0 && y === 0 ? 0 : 2];
  }).flat();
}

/** Reads the draft stored in an export of ours. */
function readPrediction(value: unknown, where: string, problems: Problems): Pose | undefined {
  const pose = poseOfNumbers(value);
  if (!pose) problems.add(`${where}, ${OWN_FIELD}.prediction`, `The draft must be ${3 * JOINT_COUNT} numbers.`);
  return pose;
}
