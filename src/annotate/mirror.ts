import { clampPoint, type Size } from '../pose/roi';
import { type JointName, jointIndex, MIRROR, type Side, sideOf } from '../pose/skeleton';
import { type ImagePoint, imagePoint } from '../pose/space';
import type { ImageDocument, Label, Subject } from './document';
import { withLabels } from './edit';

interface Axis {
  readonly at: ImagePoint;
  /** Unit vector. */
  readonly dx: number;
  readonly dy: number;
}

function place(labels: readonly Label[], name: JointName): ImagePoint | undefined {
  const label = labels[jointIndex(name)];
  return label && label.visibility > 0 ? label : undefined;
}

function middle(a: ImagePoint | undefined, b: ImagePoint | undefined): ImagePoint | undefined {
  return a && b && imagePoint((a.x + b.x) / 2, (a.y + b.y) / 2);
}

/** The axis across which the body is mirrored: from the neck to the midpoint of the hips, or vertical through whichever of them is known. */
function axisOf({ labels, box }: Subject): Axis {
  const top =
    place(labels, 'neck') ??
    middle(place(labels, 'left_shoulder'), place(labels, 'right_shoulder')) ??
    place(labels, 'head_top') ??
    place(labels, 'nose');
  const bottom = middle(place(labels, 'left_hip'), place(labels, 'right_hip'));
  const at = top ?? bottom ?? imagePoint(box.x + box.width / 2, box.y);
  const length = top && bottom ? Math.hypot(bottom.x - top.x, bottom.y - top.y) : 0;
  if (!top || !bottom || length < 1) return { at, dx: 0, dy: 1 };
  return { at, dx: (bottom.x - top.x) / length, dy: (bottom.y - top.y) / length };
}

function reflect(point: ImagePoint, { at, dx, dy }: Axis): ImagePoint {
  const along = (point.x - at.x) * dx + (point.y - at.y) * dy;
  return imagePoint(2 * (at.x + along * dx) - point.x, 2 * (at.y + along * dy) - point.y);
}

/** Makes the other side the mirror image of `side`, within the image; joints that `side` has no label for stay as they are. */
export function mirrorSide(document: ImageDocument, id: number, side: Exclude<Side, 'middle'>, image: Size): ImageDocument {
  return withLabels(document, id, (subject) => {
    const axis = axisOf(subject);
    return subject.labels.map((label, joint) => {
      const twin = subject.labels[MIRROR[joint] ?? joint];
      if (sideOf(joint) === side || sideOf(joint) === 'middle' || !twin || twin.visibility === 0) return label;
      return { ...clampPoint(reflect(twin, axis), image), visibility: twin.visibility };
    });
  });
}
