import { clampPoint } from '../pose/roi';
import { imageToView, type View, viewPoint, viewToImage } from '../pose/space';
import { type Aim, aimAt, aimedBox, cornerAim, moveAim } from './aim';
import { isDrawn } from './box';
import { type Gesture, type GestureContext, type GestureStep, IDLE } from './gesture-state';
import { moveView } from './view';

/** Draws a box around a new person with the keyboard. dx, dy: image pixels. */
export type AimEvent =
  | { readonly type: 'step'; readonly dx: number; readonly dy: number }
  | { readonly type: 'corner' }
  | { readonly type: 'accept' };

function describe({ at }: Aim, box: ReturnType<typeof aimedBox>): string {
  return box
    ? `Box of ${box.width.toFixed(0)} × ${box.height.toFixed(0)} pixels. Press Enter to add the person.`
    : `Crosshair at ${at.x.toFixed(0)}, ${at.y.toFixed(0)}. Press B to set a corner of the box.`;
}

/** The view with a crosshair that has left it in the middle; otherwise undefined. */
function viewOfAim({ at }: Aim, { view, image, canvas }: GestureContext): View | undefined {
  const { x, y } = imageToView(at, view);
  const seen = x > -1 && y > -1 && x < canvas.width + 1 && y < canvas.height + 1;
  return seen ? undefined : moveView(view, viewPoint(x, y), viewPoint(canvas.width / 2, canvas.height / 2), 1, image, canvas);
}

/** The effect of a key while a person is being added; none otherwise. The crosshair starts in the middle of the view. */
export function addByKeys(gesture: Gesture, event: AimEvent, context: GestureContext): GestureStep {
  if (gesture.kind !== 'adding') return { gesture };
  const { view, image, canvas } = context;
  const middle = viewToImage(viewPoint(canvas.width / 2, canvas.height / 2), view);
  const aim = gesture.aim ?? aimAt(clampPoint(middle, image));
  switch (event.type) {
    case 'step': {
      const moved = moveAim(aim, event.dx, event.dy, image);
      const follow = viewOfAim(moved, context);
      return {
        gesture: { kind: 'adding', aim: moved },
        said: describe(moved, aimedBox(moved)),
        ...(follow && { view: follow }),
      };
    }
    case 'corner':
      return {
        gesture: { kind: 'adding', aim: cornerAim(aim) },
        said: 'Corner set. Move the crosshair to the opposite corner, then press Enter.',
      };
    case 'accept': {
      const box = aimedBox(aim);
      if (!box) return { gesture, said: 'Press B to set a corner of the box first.' };
      if (!isDrawn(box, view)) return { gesture, said: 'The box is too small. Move the crosshair away from its corner first.' };
      return { gesture: IDLE, box };
    }
  }
}
