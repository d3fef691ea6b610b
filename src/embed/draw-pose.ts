import { drawSkeleton, jointRadius } from '../draw/skeleton';
import { DISPLAY_THRESHOLD, type Pose } from '../pose/pose';
import { boxFromPose } from '../pose/roi';
import type { View } from '../pose/space';

export interface DrawOptions {
  /** Joints with a lower score are not drawn, 0..1. Default: 0.2. */
  readonly threshold?: number | undefined;
  /** Where the image is on the canvas (see fitView). Default: one canvas unit is one image pixel. */
  readonly view?: View | undefined;
}

const PIXELS: View = { scale: 1, left: 0, top: 0, mirrored: false, width: 0 };

/** Draws a pose as the app does: the person's left and right in two hues, uncertain joints smaller and paler. */
export function drawPose(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  pose: Pose,
  { threshold = DISPLAY_THRESHOLD, view = PIXELS }: DrawOptions = {},
): void {
  const box = boxFromPose(pose, threshold, 1);
  const radius = jointRadius(Math.max(box?.width ?? 0, box?.height ?? 0), view);
  drawSkeleton(context, pose, view, { threshold, opacity: 1, radius, chosenJoint: undefined });
}
