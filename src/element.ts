/** Custom elements: importing this module defines <pose-image> and <pose-camera>. */
import { PoseCamera } from './embed/element/pose-camera';
import { PoseImage } from './embed/element/pose-image';

export type { PoseElement, PoseElementEventMap, PosesDetail, StatusDetail } from './embed/element/pose-element';
export { PoseCamera, PoseImage };

if (typeof customElements !== 'undefined') {
  if (!customElements.get('pose-image')) customElements.define('pose-image', PoseImage);
  if (!customElements.get('pose-camera')) customElements.define('pose-camera', PoseCamera);
}

declare global {
  interface HTMLElementTagNameMap {
    'pose-image': PoseImage;
    'pose-camera': PoseCamera;
  }
}
