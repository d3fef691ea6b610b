import type { Box } from '../pose/roi';
import { imagePoint, imageToView, type View, type ViewPoint, viewToImage } from '../pose/space';
import { GRIPS, type Grip, gripPoint } from './box';
import type { ImageDocument, Subject } from './document';
import { subjectOf } from './edit';

/** What is selected: a person, and a joint of that person. */
export interface Selection {
  readonly subject: number | undefined;
  readonly joint: number | undefined;
}

/** What lies under a pointer. */
export type Target =
  | { readonly kind: 'joint'; readonly subject: number; readonly joint: number }
  | { readonly kind: 'grip'; readonly subject: number; readonly grip: Grip }
  | { readonly kind: 'nothing' };

export interface HitContext {
  readonly document: ImageDocument;
  readonly view: View;
  readonly selection: Selection;
  /** Boxes are shown, and the selected person's can be grabbed. */
  readonly boxes: boolean;
}

/** How much farther than others the selected person's joints, and the selected joint, may be and still win, as shares of the reach. */
const CHOSEN_PERSON = 1;
const CHOSEN_JOINT = 0.5;

function hitJoint(subjects: readonly Subject[], { view, selection }: HitContext, at: ViewPoint, reach: number) {
  return subjects
    .flatMap(({ id, labels }) =>
      labels.map((label, joint) => {
        const point = imageToView(label, view);
        const far = Math.hypot(point.x - at.x, point.y - at.y);
        const mine = id === selection.subject;
        const favour = (mine ? CHOSEN_PERSON : 0) + (mine && joint === selection.joint ? CHOSEN_JOINT : 0);
        return { subject: id, joint, far, rank: far - favour * reach, seen: label.visibility > 0 };
      }),
    )
    .filter(({ far, seen }) => seen && far <= reach)
    .sort((a, b) => a.rank - b.rank)[0];
}

/** A corner within reach, else an edge. */
function hitGrip(box: Box, view: View, at: ViewPoint, reach: number): Grip | undefined {
  const corner = GRIPS.filter((grip) => grip.length === 2).find((grip) => {
    const point = imageToView(gripPoint(box, grip), view);
    return Math.hypot(point.x - at.x, point.y - at.y) <= reach;
  });
  if (corner) return corner;
  const start = imageToView(imagePoint(box.x, box.y), view);
  const end = imageToView(imagePoint(box.x + box.width, box.y + box.height), view);
  const inside = (value: number, low: number, high: number) => value >= low && value <= high;
  if (inside(at.x, start.x, end.x)) {
    if (Math.abs(at.y - start.y) <= reach) return 'n';
    if (Math.abs(at.y - end.y) <= reach) return 's';
  }
  if (inside(at.y, start.y, end.y)) {
    if (Math.abs(at.x - start.x) <= reach) return 'w';
    if (Math.abs(at.x - end.x) <= reach) return 'e';
  }
  return undefined;
}

/**
 * What a pointer grabs: the nearest joint within reach, the selected person's before all others; else the selected person's box.
 * reach: CSS pixels, so that it is the same at any zoom.
 */
export function targetAt(context: HitContext, at: ViewPoint, reach: number): Target {
  const hit = hitJoint(context.document.subjects, context, at, reach);
  if (hit) return { kind: 'joint', subject: hit.subject, joint: hit.joint };
  const chosen = subjectOf(context.document, context.selection.subject);
  const grip = chosen && context.boxes ? hitGrip(chosen.box, context.view, at, reach / 2) : undefined;
  return chosen && grip ? { kind: 'grip', subject: chosen.id, grip } : { kind: 'nothing' };
}

/** The suggestion whose joint is nearest, within reach (CSS pixels); else the one whose box contains the point, if no person's does. */
export function suggestionAt(context: HitContext, at: ViewPoint, reach: number): number | undefined {
  const { document, view } = context;
  const suggestions = document.suggestions ?? [];
  const hit = hitJoint(suggestions, context, at, reach);
  if (hit) return hit.subject;
  return subjectAt(document.subjects, at, view) ? undefined : subjectAt(suggestions, at, view)?.id;
}

/** The person whose box contains a point; the smallest of several. */
export function subjectAt(subjects: readonly Subject[], at: ViewPoint, view: View): Subject | undefined {
  const { x, y } = viewToImage(at, view);
  return subjects
    .filter(({ box }) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height)
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0];
}
