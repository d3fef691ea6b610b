import { expect, test } from 'vitest';
import { keypoint } from '../pose/pose';
import { JOINTS, type JointName, jointIndex, MIRROR } from '../pose/skeleton';
import { imagePoint } from '../pose/space';
import { checkLabels } from './check';
import { type AnnotatedImage, type Label, noLabels, type Subject, type Verdict } from './document';
import { randomNumbers } from './formats/example';

/** A person standing and facing the camera, 100 wide and 400 high, with the left hand on the right of the image. */
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

/** A session of people of different sizes, with slight variations; `change` moves joints of the last one. */
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

/** The places of the named joints and their mirror twins, with left and right swapped. */
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

test('finds nothing in a session of plausible labels, or without images', () => {
  expect(checkLabels(session({}))).toEqual([]);
  expect(checkLabels(session({}, { draft: false }))).toEqual([]);
  expect(checkLabels([])).toEqual([]);
});

test('detects swapped left and right by comparison with the draft: the arms alone, or all limbs', () => {
  const arms = checkLabels(session(exchanged('left_shoulder', 'left_elbow', 'left_wrist')));
  expect(arms[0]).toMatchObject({ image: 12, subject: 5, kind: 'swap', severity: 3, what: expect.stringContaining('(arms)') });
  expect(arms[0]?.joints.map((joint) => JOINTS[joint])).toContain('right_wrist');
  const all = exchanged(...JOINTS.filter((name) => name.startsWith('left_')));
  expect(checkLabels(session(all))[0]?.what).toContain('arms and legs');
  expect(kinds(session(all))).toEqual([[12, 'swap']]);
});

test('detects swapped left and right from the bones alone, unless the limbs are too close together', () => {
  const knees = checkLabels(session(exchanged('left_knee'), { draft: false }));
  expect(knees.find(({ kind }) => kind === 'swap')).toBeUndefined(); // the legs are thin, so a swap makes too little difference to detect
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

test('ignores a draft of low confidence when looking for swapped sides', () => {
  const legs = exchanged('left_knee', 'left_ankle');
  expect(checkLabels(session(legs, { score: 0.9 }))[0]?.what).toContain('(knees and ankles)');
  expect(kinds(session(legs, { score: 0.1 }))).not.toContainEqual([12, 'swap']);
});

test('lists joints outside the image first', () => {
  const [first] = checkLabels(session({ left_wrist: [-150, 195] }));
  expect(first).toMatchObject({ kind: 'outside', severity: 3, joints: [9], what: expect.stringContaining('left wrist') });
});

test('reports joints outside the box, and a box that extends beyond the image', () => {
  expect(kinds(session({ left_wrist: [160, 195] }))).toContainEqual([12, 'box']);
  const images = session({}).map((image) => ({ ...image, size: { width: 1000, height: 300 } }));
  expect(checkLabels(images).filter(({ what }) => what.startsWith('The box'))).not.toEqual([]);
});

test.each([
  [{ width: 0 }, 3],
  [{ height: 0.5, x: -5 }, 3],
  [{ width: 1, height: 1 }, undefined],
])('reports a box without an area: %j', (sides, severity) => {
  const images = session({}, { count: 1 }).map((image) => {
    const subjects = image.document.subjects.map((subject) => ({ ...subject, box: { ...subject.box, ...sides } }));
    return { ...image, document: { ...image.document, subjects } };
  });
  const found = checkLabels(images).filter(({ kind, joints }) => kind === 'box' && joints.length === 0);
  expect(found.map((finding) => finding.severity)).toEqual(severity ? [severity] : []);
});

test('reports a bone that is far longer than those of the other people', () => {
  const found = checkLabels(session({ left_ankle: [68, 495] }, { draft: false })).filter(({ kind }) => kind === 'limb');
  expect(found).toMatchObject([{ image: 12, severity: 2, joints: [13, 15], what: expect.stringMatching(/2\.\d times longer/) }]);
});

test('reports an angle that is unusual in the session', () => {
  const found = checkLabels(session({ left_ankle: [68, 205] }, { draft: false })).filter(({ kind }) => kind === 'angle');
  expect(found).toMatchObject([{ image: 12, joints: [11, 13, 15], what: expect.stringContaining('left knee') }]);
});

test('does not judge bones and angles when there are only a few people', () => {
  expect(kinds(session({ left_ankle: [68, 495] }, { draft: false, count: 4 }))).toEqual([[4, 'box']]);
});

test('reports joints of low confidence only if they were accepted exactly as drafted', () => {
  expect(checkLabels(session({}, { score: 0.3 }))).toEqual([]);
  const [last] = session({ nose: [51, 41] }, { score: 0.3, verdict: 'accepted' }).slice(-1);
  const [finding] = checkLabels(last ? [last] : []);
  expect(finding).toMatchObject({ kind: 'unsure', severity: 1 });
  expect(finding?.joints).toHaveLength(18); // the nose was moved
});

test('reports a person without any labels', () => {
  const images = session({}, { draft: false }).map((image) => ({
    ...image,
    document: { ...image.document, subjects: image.document.subjects.map((one) => ({ ...one, labels: noLabels() })) },
  }));
  expect(kinds(images.slice(-1))).toEqual([[12, 'bare']]);
});
