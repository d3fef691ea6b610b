import { type JointName, jointIndex } from '../../pose/skeleton';
import { assembled, type FoundPerson } from './assemble';
import { type Fields, isFields, isFiniteNumber } from './fields';
import type { Reader } from './format';
import type { DataFile, LabelFile } from './label-file';
import { merged } from './merge';

/** In OpenPose's order; points not among our joints are skipped (github.com/CMU-Perceptual-Computing-Lab/openpose, "Output format"). */
const UPPER: readonly JointName[] = [
  'nose',
  'neck',
  'right_shoulder',
  'right_elbow',
  'right_wrist',
  'left_shoulder',
  'left_elbow',
  'left_wrist',
];
const LEGS: readonly JointName[] = ['right_hip', 'right_knee', 'right_ankle', 'left_hip', 'left_knee', 'left_ankle'];
const FACE: readonly JointName[] = ['right_eye', 'left_eye', 'right_ear', 'left_ear'];
/** By the number of joints: COCO's 18; BODY_25 has the midpoint of the hips before the legs, and ends with six foot points. */
const ORDERS: Readonly<Record<number, readonly (JointName | undefined)[]>> = {
  18: [...UPPER, ...LEGS, ...FACE],
  25: [...UPPER, undefined, ...LEGS, ...FACE],
};

/** The files are named after their image, with this ending. */
const ENDING = /_keypoints\.json$/i;

/** x, y and score of one joint after another. */
const numbersOf = (person: Fields): readonly unknown[] | undefined => {
  const numbers = person.pose_keypoints_2d ?? person.pose_keypoints;
  return Array.isArray(numbers) && numbers.every(isFiniteNumber) && numbers.length / 3 in ORDERS ? numbers : undefined;
};

const peopleIn = (data: unknown): readonly Fields[] | undefined =>
  isFields(data) && Array.isArray(data.people) && data.people.every(isFields) ? data.people : undefined;

const isOpenPose = (file: LabelFile): file is DataFile => {
  const people = file.kind === 'json' && ENDING.test(file.path) ? peopleIn(file.data) : undefined;
  return people?.every(numbersOf) ?? false;
};

/** Reads the output of OpenPose's --write_json, one file per image or frame: everybody becomes a draft. A joint of score 0 is absent. */
export const OPENPOSE_READER: Reader = {
  takes: isOpenPose,
  read(files, context) {
    const names = [...UPPER, ...LEGS, ...FACE];
    const table = names.map(jointIndex);
    return merged(
      files.filter(isOpenPose).map(({ path, data }) => {
        const image = {
          where: '',
          path: (path.split('/').at(-1) ?? path).replace(ENDING, ''),
          anyExtension: true,
          declared: { width: undefined, height: undefined },
          people: (peopleIn(data) ?? []).map(personOf),
        };
        return { path, imported: assembled(path, [image], context, { table, names }) };
      }),
    );
  },
};

function personOf(person: Fields): FoundPerson {
  const numbers = (numbersOf(person) ?? []).map(Number);
  const places = (ORDERS[numbers.length / 3] ?? []).flatMap((name, i) => {
    const [x = 0, y = 0, score = 0] = numbers.slice(3 * i, 3 * i + 3);
    return name === undefined ? [] : [[name as string, { x, y, v: Math.min(1, Math.max(0, score)) }] as const];
  });
  return { category: 'person', joints: new Map(places), box: undefined, scores: true };
}
