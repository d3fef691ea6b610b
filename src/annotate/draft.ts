import { type Pose, poseScore } from '../pose/pose';
import { boxFromPose, type Size } from '../pose/roi';
import { boxRound } from './box';
import { EMPTY_DOCUMENT, type ImageDocument, labelsFromPose, type Subject, withSubject, withSuggestion } from './document';

/** The score from which a drafted joint is labelled: the same for every image, whatever threshold the other screens use. */
export const DRAFT_THRESHOLD = 0.2;

/**
 * The person that a pose proposes: joints that score at least the threshold are labelled visible, with a box around them. Undefined if
 * there are fewer than three such joints.
 */
function draftSubject(pose: Pose, image: Size, threshold: number): Omit<Subject, 'id'> | undefined {
  const joints = boxFromPose(pose, threshold);
  return (
    joints && {
      box: boxRound(joints, image),
      labels: labelsFromPose(pose, threshold, image),
      prediction: pose,
      foreign: undefined,
    }
  );
}

/** A person found in an image. doubtful: more likely nobody than somebody, so only a suggestion. */
export interface Found {
  readonly pose: Pose;
  readonly doubtful?: boolean;
}

/** The document proposed by the people found in an image. */
export function draftDocument(people: readonly Found[], image: Size, threshold: number): ImageDocument {
  return people.reduce<ImageDocument>((document, { pose, doubtful = false }) => {
    const subject = draftSubject(pose, image, threshold);
    if (!subject) return document;
    return doubtful ? withSuggestion(document, subject) : withSubject(document, subject).document;
  }, EMPTY_DOCUMENT);
}

/** The score of the least confident predicted person, 0..1; undefined if nothing was predicted. */
export function worstScore({ subjects }: ImageDocument): number | undefined {
  const scores = subjects.flatMap(({ prediction }) => (prediction ? [poseScore(prediction)] : []));
  return scores.length === 0 ? undefined : scores.reduce((low, score) => Math.min(low, score));
}
