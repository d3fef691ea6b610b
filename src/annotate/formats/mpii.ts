import { poseScore } from '../../pose/pose';
import { TO_MPII16 } from '../../pose/skeleton';
import type { Label } from '../document';
import type { Format } from './format';
import { HEIGHT, MPII_READER } from './mpii-read';
import { labelled, peopleOf, type SizedImage } from './notes';
import { underSoleNames } from './placed';

/** Written as the position of a joint without a label. */
const NOWHERE = [-1, -1];

/**
 * The people in the form in which pose-estimation code reads MPII: a list with image, joints [16][x, y], joints_vis, center and scale.
 * Pelvis and thorax are the midpoints of the hips and of the shoulders. Coordinates are ours (the first pixel starts at 0), not MPII's own
 * 1-based ones: code that subtracts 1 on reading must not.
 */
export function mpiiFile(images: readonly SizedImage[]): object[] {
  return images.flatMap((image) =>
    peopleOf(image.document).map(({ box, labels, prediction }) => {
      const joints = TO_MPII16.map((sources) => middle(sources.flatMap((index) => labels[index] ?? [])));
      return {
        image: image.name,
        center: [box.x + box.width / 2, box.y + box.height / 2],
        scale: Math.max(box.width, box.height) / HEIGHT,
        joints: joints.map((joint) => joint ?? NOWHERE),
        joints_vis: joints.map((joint) => (joint ? 1 : 0)),
        ...(prediction && { score: poseScore(prediction) }),
      };
    }),
  );
}

/** Midpoint of labelled joints; undefined if one of them has no label. */
function middle(labels: readonly Label[]): [number, number] | undefined {
  if (labels.length === 0 || !labels.every(labelled)) return undefined;
  const mean = (pick: (label: Label) => number) => labels.reduce((sum, label) => sum + pick(label), 0) / labels.length;
  return [mean(({ x }) => x), mean(({ y }) => y)];
}

export const MPII: Format = {
  id: 'mpii',
  label: 'MPII style, 16 joints',
  hint: 'JSON with pelvis and thorax; without the face; hidden joints count as visible. Coordinates are not 1-based.',
  extension: 'json',
  mime: 'application/json',
  splits: false,
  *write(images) {
    yield { path: 'mpii.json', text: JSON.stringify(mpiiFile(underSoleNames(images))) };
  },
  read: MPII_READER,
};
