import { type JointName, jointIndex, MIRROR } from '../../pose/skeleton';
import type { Subject } from '../document';
import { type Case, distance, listed, placed, type Remark } from './finding';

/** The joints of each pair of limbs, given as left joints, from the body outwards. */
const LIMBS: readonly (readonly [word: string, joints: readonly number[]])[] = [
  ['eyes and ears', ['left_eye', 'left_ear']],
  ['arms', ['left_shoulder', 'left_elbow', 'left_wrist']],
  ['legs', ['left_hip', 'left_knee', 'left_ankle']],
].map(([word, names]) => [word as string, (names as JointName[]).map(jointIndex)]);

/** How confident a draft has to be about a joint to count as evidence against its label. */
const SURE = 0.4;
/** Swapping must bring the labels' distance from the draft (or the bones' length) below this share of what it was. */
const BETTER = 0.4;
/** ... and the two sides must lie this far apart, as a share of the box's longer side: otherwise a swap makes no difference. */
const APART = 0.08;

/** Left and right swapped: judged by the draft or, where it shows nothing wrong, by the person's own bones and build. */
export function checkSwaps({ subject }: Case): Remark[] {
  const against = LIMBS.flatMap(([word, joints]) => {
    const exchanged = joints.filter((joint) => againstDraft(subject, joint));
    return exchanged.length > 0
      ? [{ exchanged, words: exchanged.length === joints.length ? [word] : exchanged.map(wordOf) }]
      : [];
  });
  if (against.length > 0) {
    const words = listed(against.flatMap((limb) => limb.words));
    return [
      {
        kind: 'swap',
        severity: 3,
        joints: against.flatMap(({ exchanged }) => exchanged.flatMap(bothSides)),
        what: `Left and right may be swapped (${words}): when swapped, the labels match the draft.`,
      },
    ];
  }
  return [...crossed(subject), ...twisted(subject)];
}

const bothSides = (joint: number): number[] => [joint, MIRROR[joint] ?? joint];

const side = ({ box }: Subject) => Math.max(box.width, box.height);

/** Whether a left joint and its mirror twin would fit the draft far better if swapped. */
function againstDraft(subject: Subject, joint: number): boolean {
  const mirrored = MIRROR[joint] ?? joint;
  const [a, b] = [placed(subject, joint), placed(subject, mirrored)];
  const [p, q] = [subject.prediction?.[joint], subject.prediction?.[mirrored]];
  if (!a || !b || !p || !q || p.score < SURE || q.score < SURE) return false;
  const same = distance(a, p) + distance(b, q);
  return distance(a, q) + distance(b, p) < BETTER * same && distance(p, q) > APART * side(subject);
}

/** An ear, elbow, wrist, knee or ankle and its mirror twin whose bones cross: swapped, they would be far shorter. */
function crossed(subject: Subject): Remark[] {
  return LIMBS.flatMap(([, joints]) =>
    joints.slice(1).flatMap((joint, i): Remark[] => {
      const from = joints[i] ?? joint;
      const [a, b] = [placed(subject, joint), placed(subject, MIRROR[joint] ?? joint)];
      const [c, d] = [placed(subject, from), placed(subject, MIRROR[from] ?? from)];
      if (!a || !b || !c || !d) return [];
      const bones = distance(a, c) + distance(b, d);
      const exchanged = distance(b, c) + distance(a, d);
      if (exchanged >= BETTER * bones || distance(a, b) < APART * side(subject)) return [];
      const what = `The bones to the ${wordOf(joint)} cross: left and right may be swapped.`;
      return [{ kind: 'swap', severity: 2, joints: bothSides(joint), what }];
    }),
  );
}

/** 'left_knee' -> 'knees'. */
function wordOf(joint: number): string {
  return ['eyes', 'ears', 'shoulders', 'elbows', 'wrists', 'hips', 'knees', 'ankles'][(joint - 1) >> 1] ?? '';
}

/** Shoulders that face one way and hips that face the other. */
function twisted(subject: Subject): Remark[] {
  const [shoulder, hip] = [jointIndex('left_shoulder'), jointIndex('left_hip')];
  const width = (joint: number) => {
    const [left, right] = [placed(subject, joint), placed(subject, MIRROR[joint] ?? joint)];
    return left && right && { x: left.x - right.x, y: left.y - right.y };
  };
  const [above, below] = [width(shoulder), width(hip)];
  if (!above || !below) return [];
  const lengths = [Math.hypot(above.x, above.y), Math.hypot(below.x, below.y)];
  const cosine =
    (above.x * below.x + above.y * below.y) /
    Math.max(
      1e-9,
      lengths.reduce((a, b) => a * b, 1),
    );
  if (cosine > -0.7 || Math.min(...lengths) < APART * side(subject)) return [];
  const what = 'Shoulders and hips face opposite ways: left and right may be swapped in one pair.';
  return [{ kind: 'swap', severity: 2, joints: [...bothSides(shoulder), ...bothSides(hip)], what }];
}
