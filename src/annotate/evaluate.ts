import { greedyPairs } from '../pose/greedy-pairs';
import type { Pose } from '../pose/pose';
import type { Box } from '../pose/roi';
import type { AnnotatedImage, Subject } from './document';
import { type JointScore, oksOf, type Pair, type Score, score, scoreJoints } from './score';

interface ImageScore {
  readonly id: number;
  readonly name: string;
  readonly score: Score;
}

export interface Evaluation {
  readonly total: Score;
  readonly joints: readonly JointScore[];
  /** Worst mean OKS first. */
  readonly images: readonly ImageScore[];
  /** People in the ground truth without a draft, and drafts of nobody. */
  readonly missed: number;
  readonly invented: number;
}

/** A draft below this OKS is not of that person: the limit for invented people in the published figures. */
const MIN_OKS = 0.1;

/**
 * Compares the session's drafts with a ground truth (by the images' ids). People in it who have no labels are skipped, together with
 * their drafts. Drafts and people in an image are paired by OKS, best pair first.
 */
export function evaluate(
  images: readonly AnnotatedImage[],
  truth: readonly Pick<AnnotatedImage, 'id' | 'document'>[],
): Evaluation {
  const known = new Map(images.map((image) => [image.id, image]));
  const perImage = truth.flatMap(({ id, document }) => {
    const image = known.get(id);
    const people = document.subjects.filter(isLabelled);
    const skipped = document.subjects.filter((subject) => !isLabelled(subject));
    if (!image || (people.length === 0 && skipped.length > 0)) return []; // nothing is known about the people who are there
    const drafts = image.document.subjects.filter(({ prediction }) => prediction);
    const pairs = pairUp(
      people,
      drafts.flatMap(({ prediction }) => (prediction ? [prediction] : [])),
    );
    const isPaired = ({ prediction }: Subject) => pairs.some(({ draft }) => draft === prediction);
    const invented = drafts.filter((draft) => !isPaired(draft) && !skipped.some(({ box }) => liesIn(draft.box, box)));
    return [{ image, pairs, invented: invented.length }];
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
    invented: perImage.reduce((sum, { invented }) => sum + invented, 0),
  };
}

const isLabelled = ({ labels }: Subject): boolean => labels.some(({ visibility }) => visibility > 0);

/** Whether at least half of the first box lies in the second. */
function liesIn(box: Box, other: Box): boolean {
  const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return across > 0 && down > 0 && across * down >= 0.5 * box.width * box.height;
}

/** One pair for each person in the ground truth. */
export function pairUp(people: readonly Pair['truth'][], drafts: readonly Pose[]): Pair[] {
  const likely = people
    .flatMap((truth) => drafts.map((draft) => ({ truth, draft, oks: oksOf({ truth, draft }) })))
    .filter(({ oks }) => oks >= MIN_OKS)
    .sort((a, b) => b.oks - a.oks);
  const draftOf = greedyPairs(likely.map(({ truth, draft }) => [truth, draft]));
  return people.map((truth) => ({ truth, draft: draftOf.get(truth) }));
}
