import { keypoint, type Pose } from '../../../pose/pose';
import { JOINT_COUNT, JOINTS } from '../../../pose/skeleton';
import type { Subject } from '../../document';
import { type Fields, isFields, isFiniteNumber, isId, shown } from '../fields';
import { labelsInOrder } from '../joints';
import type { Problems } from '../problem';
import { OWN_FIELD } from './write';

/** A person as read; id is the one that our own export gave. */
export type PersonEntry = Omit<Subject, 'id'> & { readonly id: number | undefined };

/** One annotation; undefined if it has problems, which are told. */
export function readPerson(
  value: Fields,
  order: readonly number[] | undefined,
  where: string,
  problems: Problems,
): PersonEntry | undefined {
  const before = problems.list.length;
  const { bbox, keypoints, num_keypoints, area, iscrowd, image_id: _i, category_id: _c, [OWN_FIELD]: own, ...rest } = value;
  const numbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(isFiniteNumber);
  const [x, y, width, height] = numbers(bbox) && bbox.length === 4 ? bbox : [];
  if (x === undefined || y === undefined || width === undefined || height === undefined) {
    problems.add(`${where}, bbox`, `The box has to be four numbers, x, y, width and height; here it is ${shown(bbox)}.`);
  } else if (width < 0 || height < 0) {
    problems.add(`${where}, bbox`, `The box has a negative width or height: ${shown(bbox)}.`);
  }
  if (area !== undefined && (!isFiniteNumber(area) || area < 0)) {
    problems.add(`${where}, area`, `The area has to be a number from 0 on; here it is ${shown(area)}.`);
  }
  const labels = order && readLabels(keypoints, num_keypoints, order, where, problems);
  const prediction = isFields(own) && own.prediction !== undefined ? readPrediction(own.prediction, where, problems) : undefined;
  const id = isFields(own) && isId(own.subject) ? own.subject : undefined;
  if (!labels || x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  if (problems.list.length > before) return undefined;
  const foreign = {
    ...rest,
    ...(iscrowd !== undefined && iscrowd !== 0 && { iscrowd }),
    ...(area !== undefined && area !== width * height && { area }), // in COCO it is the area of the mask, which no edit here changes
  };
  return { id, box: { x, y, width, height }, labels, prediction, foreign };
}

function readLabels(keypoints: unknown, count: unknown, order: readonly number[], where: string, problems: Problems) {
  const place = `${where}, keypoints`;
  if (!Array.isArray(keypoints))
    return void problems.add(place, `The joints have to be a list of numbers; here they are ${shown(keypoints)}.`);
  if (keypoints.length !== 3 * order.length) {
    return void problems.add(
      place,
      `Its category has ${order.length} joints, so ${3 * order.length} numbers are needed; here are ${keypoints.length}.`,
    );
  }
  for (let i = 0; i < keypoints.length; i += 1) {
    const number: unknown = keypoints[i];
    if (!isFiniteNumber(number)) problems.add(`${place}, number ${i + 1}`, `${shown(number)} is not a number.`);
    else if (i % 3 === 2 && number !== 0 && number !== 1 && number !== 2) {
      problems.add(`${place}, number ${i + 1}`, `The visibility has to be 0, 1 or 2; here it is ${number}.`);
    }
  }
  const labelled = order.filter((_, i) => keypoints[3 * i + 2] > 0).length;
  if (count !== undefined && count !== labelled) {
    problems.add(`${where}, num_keypoints`, `It says ${shown(count)}, but ${labelled} joints have a visibility above 0.`);
  }
  return labelsInOrder(order, (i) => ({ x: keypoints[3 * i], y: keypoints[3 * i + 1], v: keypoints[3 * i + 2] }));
}

/** The draft that an export of ours carries along. */
function readPrediction(value: unknown, where: string, problems: Problems): Pose | undefined {
  if (!Array.isArray(value) || value.length !== 3 * JOINT_COUNT || !value.every(isFiniteNumber)) {
    return void problems.add(`${where}, ${OWN_FIELD}.prediction`, `The draft has to be ${3 * JOINT_COUNT} numbers.`);
  }
  return JOINTS.map((_, i) => keypoint(value[3 * i] ?? 0, value[3 * i + 1] ?? 0, value[3 * i + 2] ?? 0));
}
