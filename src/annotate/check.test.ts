import { expect, test } from 'vitest';
import { keypoint } from '../pose/pose';
import { JOINTS, type JointName, jointIndex, MIRROR } from '../pose/skeleton';
import { imagePoint } from '../pose/space';
import { checkLabels } from './check';
import { type AnnotatedImage, type Label, noLabels, type Subject, type Verdict } from './document';
import { randomNumbers } from './formats/example';

/** Somebody who stands and faces the camera, 100 wide and 400 high, the left hand on the right of the image. */
const STANDING: Record<JointName, [number, number]> = {
  nose: [50, 40],
  left_eye: [55, 35],
  right_eye: [45, 35],
  left_ear: [62, 38],
  right_ear: [38, 38],
  left_shoulder: [80, 80],
  right_shoulder: [20, 80],
  left_elbow: [90, 140],
  right_elbow: [10, 140],
  left_wrist: [95, 195],
  right_wrist: [5, 195],
  left_hip: [68, 200],
  right_hip: [32, 200],
  left_knee: [68, 290],
  right_knee: [32, 290],
  left_ankle: [68, 380],
  right_ankle: [32, 380],
  neck: [50, 75],
  head_top: [50, 5],
};

type Places = Partial<Record<JointName, [number, number]>>;

/** A session of people of several sizes, not all alike; `change` moves joints of the last one. */
function session(change: Places, options: { score?: number; verdict?: Verdict; draft?: boolean; count?: number } = {}) {
  const random = randomNumbers(3);
  const { score = 0.9, verdict = 'open', draft = true, count = 12 } = options;
  return Array.from({ length: count }, (_, i): AnnotatedImage => {
    const last = i === count - 1;
    const scale = last ? 1 : 0.6 + random();
    const at = (name: JointName, places: Places) => {
      const [x, y] = places[name] ?? STANDING[name];
      return imagePoint(100 + scale * x + (last ? 0 : 4 * random()), 100 + scale * y + (last ? 0 : 4 * random()));
    };
    const labels = JOINTS.map((name): Label => ({ ...at(name, last ? change : {}), visibility: 2 }));
    const prediction = JOINTS.map((name) => keypoint(at(name, {}).x, at(name, {}).y, score));
    const subject: Subject = {
      id: 5,
      box: { x: 100, y: 100, width: 100 * scale + 5, height: 400 * scale + 5 },
      labels,
      prediction: draft ? prediction : undefined,
      foreign: undefined,
    };
    const document = { subjects: [subject], nextId: 6 };
    return {
      id: i + 1,
      name: `${i}.jpg`,
      size: { width: 1000, height: 800 },
      document,
      verdict,
      edited: false,
      foreign: undefined,
    };
  });
}

/** The same places with left and right exchanged in the named joints. */
function exchanged(...names: JointName[]): Places {
  return Object.fromEntries(
    names.flatMap((name) => {
      const other = JOINTS[MIRROR[jointIndex(name)] ?? 0] ?? name;
      return [
        [name, STANDING[other]],
        [other, STANDING[name]],
      ];
    }),
  );
}

const kinds = (images: readonly AnnotatedImage[]) => checkLabels(images).map(({ image, kind }) => [image, kind]);

test('a session of sound labels has no findings', () => {
  expect(checkLabels(session({}))).toEqual([]);
  expect(checkLabels(session({}, { draft: false }))).toEqual([]);
  expect(checkLabels([])).toEqual([]);
});

test('left and right exchanged, told by the draft: arms, legs, everything', () => {
  const arms = checkLabels(session(exchanged('left_shoulder', 'left_elbow', 'left_wrist')));
  expect(arms[0]).toMatchObject({ image: 12, subject: 5, kind: 'swap', severity: 3, what: expect.stringContaining('(arms)') });
  expect(arms[0]?.joints.map((joint) => JOINTS[joint])).toContain('right_wrist');
  const all = exchanged(...JOINTS.filter((name) => name.startsWith('left_')));
  expect(checkLabels(session(all))[0]?.what).toContain('arms and legs');
  expect(kinds(session(all))).toEqual([[12, 'swap']]);
});

test('left and right exchanged, told by the bones alone', () => {
  const knees = checkLabels(session(exchanged('left_knee'), { draft: false }));
  expect(knees.find(({ kind }) => kind === 'swap')).toBeUndefined(); // thin legs: it makes no difference that could be told
  const wrists: Places = { left_elbow: [90, 140], left_wrist: [5, 145], right_elbow: [10, 140], right_wrist: [95, 145] };
  expect(checkLabels(session(wrists, { draft: false }))[0]).toMatchObject({
    kind: 'swap',
    what: expect.stringContaining('wrists cross'),
  });
  const hips = exchanged('left_hip', 'left_knee', 'left_ankle');
  expect(checkLabels(session(hips, { draft: false }))[0]).toMatchObject({
    kind: 'swap',
    what: expect.stringContaining('Shoulders and hips'),
  });
});

test('a draft that is itself unsure says nothing', () => {
  const legs = exchanged('left_knee', 'left_ankle');
  expect(checkLabels(session(legs, { score: 0.9 }))[0]?.what).toContain('(knees and ankles)');
  expect(kinds(session(legs, { score: 0.1 }))).not.toContainEqual([12, 'swap']);
});

test('joints outside the image come first', () => {
  const [first] = checkLabels(session({ left_wrist: [-150, 195] }));
  expect(first).toMatchObject({ kind: 'outside', severity: 3, joints: [9], what: expect.stringContaining('left wrist') });
});

test('joints outside the box, and a box outside the image', () => {
  expect(kinds(session({ left_wrist: [160, 195] }))).toContainEqual([12, 'box']);
  const images = session({}).map((image) => ({ ...image, size: { width: 1000, height: 300 } }));
  expect(checkLabels(images).filter(({ what }) => what.startsWith('The box'))).not.toEqual([]);
});

test('a bone that is far longer than on the others', () => {
  const found = checkLabels(session({ left_ankle: [68, 495] }, { draft: false })).filter(({ kind }) => kind === 'limb');
  expect(found).toMatchObject([{ image: 12, severity: 2, joints: [13, 15], what: expect.stringMatching(/2\.\d times longer/) }]);
});

test('an angle that nobody else has', () => {
  const found = checkLabels(session({ left_ankle: [68, 205] }, { draft: false })).filter(({ kind }) => kind === 'angle');
  expect(found).toMatchObject([{ image: 12, joints: [11, 13, 15], what: expect.stringContaining('left knee') }]);
});

test('few people have no usual', () => {
  expect(kinds(session({ left_ankle: [68, 495] }, { draft: false, count: 4 }))).toEqual([[4, 'box']]);
});

test('low confidence, accepted as it was drafted', () => {
  expect(checkLabels(session({}, { score: 0.3 }))).toEqual([]);
  const [last] = session({ nose: [51, 41] }, { score: 0.3, verdict: 'accepted' }).slice(-1);
  const [finding] = checkLabels(last ? [last] : []);
  expect(finding).toMatchObject({ kind: 'unsure', severity: 1 });
  expect(finding?.joints).toHaveLength(18); // the nose was moved
});

test('a person without any label', () => {
  const images = session({}, { draft: false }).map((image) => ({
    ...image,
    document: { ...image.document, subjects: image.document.subjects.map((one) => ({ ...one, labels: noLabels() })) },
  }));
  expect(kinds(images.slice(-1))).toEqual([[12, 'bare']]);
});
