import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keypoint, type Pose } from '../pose/pose';
import { imagePoint } from '../pose/space';
import { type AnnotatedImage, noLabels, type Subject, type Visibility } from './document';
import { evaluate, pairUp } from './evaluate';
import { type Pair, type Score, score, scoreJoints } from './score';

interface Golden {
  truth: { dataset: number[]; keypoints: [number, number, number][][]; bbox: [number, number, number, number][] };
  prediction: [number, number, number][][];
  printed: Record<string, string>;
  values: Record<string, number>;
}

/** Written by training/evaluation/score_golden.py. */
const golden = JSON.parse(readFileSync(new URL('golden/score.json', import.meta.url), 'utf8')) as Golden;

function goldenPairs(dataset: number): Pair[] {
  return golden.truth.keypoints.flatMap((keypoints, i) => {
    const [x, y, width, height] = golden.truth.bbox[i] ?? [0, 0, 0, 0];
    const labels = keypoints.map(([x, y, v]) => ({ ...imagePoint(x, y), visibility: v as Visibility }));
    const draft = (golden.prediction[i] ?? []).map(([x, y, p]) => keypoint(x, y, p));
    return golden.truth.dataset[i] === dataset ? [{ truth: { labels, box: { x, y, width, height } }, draft }] : [];
  });
}

function named(data: 'coco' | 'lspet', { ar, pck, headPck, ece }: Score): Record<string, number | undefined> {
  const own = data === 'coco' ? { 'coco AR': ar } : { 'lspet head PCK@0.2': headPck };
  const [at05, at1, at2] = pck;
  return { ...own, [`${data} PCK@0.05`]: at05, [`${data} PCK@0.1`]: at1, [`${data} PCK@0.2`]: at2, [`${data} ECE`]: ece };
}

test('gives the same figures as score.py, to all printed digits and beyond', () => {
  const ours = { ...named('coco', score(goldenPairs(0))), ...named('lspet', score(goldenPairs(1))) };
  const shown = Object.keys(golden.values).filter((key) => !key.includes('OKS>')); // AR is the mean of those
  expect(Object.keys(ours).sort()).toEqual(shown.sort());
  for (const [key, value] of Object.entries(ours)) {
    expect([key, (100 * (value ?? Number.NaN)).toFixed(1)]).toEqual([key, golden.printed[key]]);
    expect(value).toBeCloseTo(golden.values[key] ?? Number.NaN, 12);
  }
});

test('the PCK of the limb joints, weighted by their counts, averages to the overall PCK', () => {
  const pairs = goldenPairs(0);
  const limbs = scoreJoints(pairs).filter(({ joint }) => joint >= 5 && joint < 17);
  const count = limbs.reduce((sum, joint) => sum + joint.count, 0);
  const hits = limbs.reduce((sum, joint) => sum + joint.count * (joint.pck[1] ?? 0), 0);
  expect(hits / count).toBeCloseTo(score(pairs).pck[1] ?? Number.NaN, 12);
});

/** A person at x, and a draft (`draftOf`) that is off by `off` pixels. */
function person(x: number): Pick<Subject, 'labels' | 'box'> {
  const labels = noLabels().map((_, i) => ({ ...imagePoint(x + i, 10 * i), visibility: 2 as Visibility }));
  return { labels, box: { x, y: 0, width: 19, height: 190 } };
}
const draftOf = (x: number, off = 0): Pose => person(x).labels.map((label) => keypoint(label.x + off, label.y, 0.9));
const subject = (id: number, x: number, prediction: Pose | undefined): Subject => ({
  ...person(x),
  id,
  prediction,
  foreign: undefined,
});
const image = (id: number, subjects: readonly Subject[]): AnnotatedImage => ({
  id,
  name: `${id}.jpg`,
  size: { width: 500, height: 200 },
  document: { subjects, nextId: 9 },
  verdict: 'open',
  edited: false,
  foreign: undefined,
});

test('scores a perfect draft as 1, a missing draft as 0, and no people as undefined', () => {
  expect(score([{ truth: person(0), draft: draftOf(0) }])).toMatchObject({
    people: 1,
    ar: 1,
    oks: 1,
    pck: [1, 1, 1],
    headPck: 1,
  });
  expect(score([{ truth: person(0), draft: undefined }])).toMatchObject({
    ar: 0,
    oks: 0,
    pck: [0, 0, 0],
    headPck: 0,
    ece: undefined,
  });
  expect(score([])).toMatchObject({ people: 0, ar: undefined, pck: [undefined, undefined, undefined] });
});

test('pairs drafts and people by best fit, whatever their order', () => {
  const [a, b, c] = [person(0), person(100), person(400)];
  const drafts = [draftOf(100, 2), draftOf(0, 1)];
  expect(pairUp([a, b, c], drafts).map(({ draft }) => draft && drafts.indexOf(draft))).toEqual([1, 0, undefined]);
});

test('compares a session with ground truth: lists the worst image first and counts missed and invented people', () => {
  const session = [
    image(1, [subject(1, 0, draftOf(0))]),
    image(2, [subject(1, 0, draftOf(0, 4)), subject(2, 300, draftOf(300))]),
    image(3, [subject(1, 0, undefined)]),
  ];
  const truth = [
    image(1, [subject(1, 0, undefined)]),
    image(2, [subject(1, 0, undefined)]),
    image(3, [subject(1, 0, undefined)]),
    image(8, []),
  ];
  const result = evaluate(session, truth);
  expect(result.images.map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(result).toMatchObject({ missed: 1, invented: 1, total: { people: 3 } });
  expect(result.images[2]?.score.oks).toBe(1);
});

test('skips people without labels', () => {
  const nobody: Subject = { ...subject(1, 0, undefined), labels: noLabels() };
  expect(evaluate([image(1, [])], [image(1, [nobody])])).toMatchObject({ missed: 0, total: { people: 0 } });
});

test('counts a draft as invented if the ground truth has nobody in that image', () => {
  const result = evaluate([image(1, [subject(1, 0, draftOf(0))])], [image(1, [])]);
  expect(result).toMatchObject({ missed: 0, invented: 1, images: [], total: { people: 0 } });
});

test('counts both a missed person and a draft far away', () => {
  const result = evaluate([image(1, [subject(1, 400, draftOf(400))])], [image(1, [subject(1, 0, undefined)])]);
  expect(result).toMatchObject({ missed: 1, invented: 1, total: { oks: 0, ece: undefined } });
});

test('does not count a draft of an unlabelled person as invented', () => {
  const unlabelled: Subject = { ...subject(2, 300, undefined), labels: noLabels() };
  const drafts = [subject(1, 0, draftOf(0)), subject(2, 300, draftOf(300))];
  expect(evaluate([image(1, drafts)], [image(1, [subject(1, 0, undefined), unlabelled])])).toMatchObject({
    missed: 0,
    invented: 0,
    total: { people: 1 },
  });
});
