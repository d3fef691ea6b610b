import type { Pose } from '../pose/pose';
import type { AnnotatedImage } from './document';
import { type JointScore, oksOf, type Pair, type Score, score, scoreJoints } from './score';

export interface ImageScore {
  readonly id: number;
  readonly name: string;
  readonly score: Score;
}

export interface Evaluation {
  readonly total: Score;
  readonly joints: readonly JointScore[];
  /** The worst mean OKS first. */
  readonly images: readonly ImageScore[];
  /** People of the truth without a draft, and drafts without anybody. */
  readonly missed: number;
  readonly invented: number;
}

/**
 * Compares the session's drafts with a truth (by the images' ids). People in the truth who have no labels are skipped. Drafts and people in
 * an image are paired by OKS, best pair first.
 */
export function evaluate(
  images: readonly AnnotatedImage[],
  truth: readonly Pick<AnnotatedImage, 'id' | 'document'>[],
): Evaluation {
  const known = new Map(images.map((image) => [image.id, image]));
  const perImage = truth.flatMap(({ id, document }) => {
    const image = known.get(id);
    const people = document.subjects.filter(({ labels }) => labels.some(({ visibility }) => visibility > 0));
    const drafts = image?.document.subjects.flatMap(({ prediction }) => (prediction ? [prediction] : [])) ?? [];
    const unknown = people.length === 0 && document.subjects.length > 0; // nothing is known about the people who are there
    return image && !unknown ? [{ image, pairs: pairUp(people, drafts), drafts: drafts.length }] : [];
  });
  const pairs = perImage.flatMap((image) => image.pairs);
  const paired = pairs.filter(({ draft }) => draft).length;
  return {
    total: score(pairs),
    joints: scoreJoints(pairs),
    images: perImage
      .filter((image) => image.pairs.length > 0)
      .map(({ image: { id, name }, pairs }) => ({ id, name, score: score(pairs) }))
      .sort((a, b) => (a.score.oks ?? 0) - (b.score.oks ?? 0)),
    missed: pairs.length - paired,
    invented: perImage.reduce((sum, { drafts }) => sum + drafts, 0) - paired,
  };
}

/** One pair for each person of the truth. */
export function pairUp(people: readonly Pair['truth'][], drafts: readonly Pose[]): Pair[] {
  const all = people.flatMap((truth) => drafts.map((draft) => ({ truth, draft, oks: oksOf({ truth, draft }) })));
  all.sort((a, b) => b.oks - a.oks);
  const taken = new Map<Pair['truth'], Pose>();
  const used = new Set<Pose>();
  for (const { truth, draft } of all) {
    if (taken.has(truth) || used.has(draft)) continue;
    taken.set(truth, draft);
    used.add(draft);
  }
  return people.map((truth) => ({ truth, draft: taken.get(truth) }));
}
