import { jointLabel } from '../../pose/skeleton';
import { type Case, listed, placed, type Remark } from './finding';

/** A drafted joint with a score below this is more often wrong than right. */
const SURE = 0.4;

/** Joints of an accepted image that lie exactly where a draft of low confidence put them. */
export function checkUnsure({ image: { verdict }, subject }: Case): Remark[] {
  if (verdict !== 'accepted') return [];
  const joints = (subject.prediction ?? []).flatMap(({ x, y, score }, joint) => {
    const label = placed(subject, joint);
    return label && label.x === x && label.y === y && score < SURE ? [joint] : [];
  });
  if (joints.length === 0) return [];
  const what = `Accepted as drafted, with low confidence: ${listed(joints.map(jointLabel))}.`;
  return [{ kind: 'unsure', severity: 1, joints, what }];
}
