import { jointLabel } from '../../pose/skeleton';
import { type Case, listed, placed, type Remark } from './finding';

/** Joints may lie outside their box by this share of its longer side: boxes are drawn by eye. */
const SLACK = 0.1;

/** Joints and boxes outside the image, joints outside their box, and boxes without an area. */
export function checkPlaces({ image: { size }, subject }: Case): Remark[] {
  const { box } = subject;
  const labelled = subject.labels.flatMap((_, joint) => {
    const at = placed(subject, joint);
    return at ? [{ joint, at }] : [];
  });
  const remarks: Remark[] = [];
  const outside = size ? labelled.filter(({ at }) => at.x < 0 || at.y < 0 || at.x > size.width || at.y > size.height) : [];
  if (outside.length > 0) {
    remarks.push({
      kind: 'outside',
      severity: 3,
      joints: outside.map(({ joint }) => joint),
      what: `Outside the image: ${names(outside)}. Joints outside the image should not be labelled.`,
    });
  }
  if (box.width < 1 || box.height < 1) {
    const what =
      'The box is less than a pixel wide or high, which training tools reject. Drag its edges apart, or delete the person.';
    remarks.push({ kind: 'box', severity: 3, joints: [], what });
  } else if (size && (box.x < 0 || box.y < 0 || box.x + box.width > size.width || box.y + box.height > size.height)) {
    remarks.push({ kind: 'box', severity: 2, joints: [], what: 'The box extends beyond the image.' });
  }
  const slack = SLACK * Math.max(box.width, box.height);
  const beside = labelled.filter(
    ({ at }) =>
      at.x < box.x - slack || at.y < box.y - slack || at.x > box.x + box.width + slack || at.y > box.y + box.height + slack,
  );
  if (beside.length > 0) {
    remarks.push({
      kind: 'box',
      severity: 2,
      joints: beside.map(({ joint }) => joint),
      what: `Outside the person's box: ${names(beside)}.`,
    });
  }
  return remarks;
}

const names = (joints: readonly { readonly joint: number }[]) => listed(joints.map(({ joint }) => jointLabel(joint)));
