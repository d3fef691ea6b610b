import { HALO } from '../../draw/palette';
import { fitView, prepareCanvas } from '../../draw/viewport';
import { DISPLAY_THRESHOLD, type Pose } from '../../pose/pose';
import { boxFromPose, type Size } from '../../pose/roi';
import { imagePoint, imageToView } from '../../pose/space';
import { drawPose } from '../draw-pose';

/** What an element can show; its attribute `show` lists them. */
export type Shown = 'image' | 'skeleton' | 'boxes';

export interface Scene {
  readonly image: CanvasImageSource;
  /** Size of the image, pixels. */
  readonly size: Size;
  readonly poses: readonly Pose[];
  readonly mirrored: boolean;
  readonly shown: ReadonlySet<Shown>;
}

/** Draws the scene at the canvas's size on the page, after giving the canvas the image's aspect ratio. */
export function drawScene(canvas: HTMLCanvasElement, { image, size, poses, mirrored, shown }: Scene): void {
  canvas.style.aspectRatio = `${size.width} / ${size.height}`;
  const { clientWidth, clientHeight } = canvas;
  if (clientWidth === 0 || clientHeight === 0) return; // not on the page, or hidden
  const area = { width: clientWidth, height: clientHeight };
  const context = prepareCanvas(canvas, area, devicePixelRatio);
  const view = fitView(size, area, mirrored);
  const [width, height] = [size.width * view.scale, size.height * view.scale];
  if (shown.has('image')) {
    context.save();
    if (mirrored) {
      context.translate(2 * view.left + width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(image, view.left, view.top, width, height);
    context.restore();
  }
  for (const pose of poses) {
    const box = shown.has('boxes') && boxFromPose(pose, DISPLAY_THRESHOLD, 1);
    if (box) {
      const corner = imageToView(imagePoint(mirrored ? box.x + box.width : box.x, box.y), view);
      for (const [colour, line] of [[HALO, 4] as const, ['#fff', 1.5] as const]) {
        context.strokeStyle = colour;
        context.lineWidth = line;
        context.strokeRect(corner.x, corner.y, box.width * view.scale, box.height * view.scale);
      }
    }
    if (shown.has('skeleton')) drawPose(context, pose, { view });
  }
}
