import { type JointName, jointIndex } from '../../pose/skeleton';

/** Parts of the body as data sets spell them, and the word for each in JOINTS. */
const PARTS: Readonly<Record<string, string>> = {
  eye: 'eye',
  ear: 'ear',
  shoulder: 'shoulder',
  shoulders: 'shoulder',
  sho: 'shoulder',
  shldr: 'shoulder',
  elbow: 'elbow',
  elb: 'elbow',
  wrist: 'wrist',
  wri: 'wrist',
  hip: 'hip',
  knee: 'knee',
  kne: 'knee',
  ankle: 'ankle',
  ank: 'ankle',
};

/** Probably the same joint, but the user has to confirm it. */
const LIKELY: Readonly<Record<string, string>> = {
  hand: 'wrist',
  foot: 'ankle',
  thigh: 'hip',
  arm: 'shoulder',
  forearm: 'elbow',
};

const SIDES: Readonly<Record<string, string>> = { l: 'left', lt: 'left', left: 'left', r: 'right', rt: 'right', right: 'right' };

const MIDDLE: Readonly<Record<string, JointName>> = {
  nose: 'nose',
  neck: 'neck',
  upper_neck: 'neck',
  head_bottom: 'neck', // PoseTrack's
  head_top: 'head_top',
  top_head: 'head_top',
  top_of_head: 'head_top',
  headtop: 'head_top',
};
const LIKELY_MIDDLE: Readonly<Record<string, JointName>> = { head: 'head_top', thorax: 'neck', top: 'head_top' };

/** Which of JOINTS a name means. sure: it can be used without asking. */
export interface Guess {
  readonly joint: number | undefined;
  readonly sure: boolean;
}

const UNKNOWN: Guess = { joint: undefined, sure: false };

/** Understands 'left_eye', 'Left-Eye', 'leftEye', 'LEye', 'l_eye', 'eye.L', 'Eye (left)'. */
export function guessJoint(name: unknown): Guess {
  if (typeof name !== 'string') return UNKNOWN;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^([LR])([A-Z][a-z])/, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const plain = words.join('_');
  const middle = MIDDLE[plain] ?? LIKELY_MIDDLE[plain];
  if (middle) return { joint: jointIndex(middle), sure: plain in MIDDLE };
  const [side, ...rest] = sideAndParts(words);
  const [part] = rest;
  if (side === undefined || part === undefined || rest.length > 1) return UNKNOWN;
  const joint = jointIndex(`${side}_${PARTS[part] ?? LIKELY[part] ?? ''}` as JointName);
  return joint < 0 ? UNKNOWN : { joint, sure: part in PARTS };
}

/** The side, then the other words. A side may be glued to its part: 'leye', 'rshoulder', 'lefteye'. */
function sideAndParts(words: readonly string[]): [string | undefined, ...string[]] {
  const at = words.findIndex((word) => word in SIDES);
  if (at >= 0) return [SIDES[words[at] ?? ''], ...words.filter((_, i) => i !== at)];
  const [, side = '', part = ''] = /^(left|right|l|r)(.+)$/.exec(words.join('')) ?? [];
  return part in PARTS ? [SIDES[side], part] : [undefined, ...words];
}

/** The numbers in names that are only numbered ('1', 'kp_2', 'joint 3'), from 0; undefined if they are not. */
export function numbersOf(names: readonly unknown[]): number[] | undefined {
  const numbers = names.map((name) => Number(/^\D{0,12}?(\d+)$/.exec(String(name))?.[1] ?? Number.NaN));
  const first = numbers.reduce((low, number) => Math.min(low, number), Infinity);
  const sound = names.length > 0 && numbers.every(Number.isInteger) && new Set(numbers).size === numbers.length && first <= 1;
  return sound ? numbers.map((number) => number - first) : undefined;
}
