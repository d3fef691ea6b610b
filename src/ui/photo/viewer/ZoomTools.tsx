import { PHOTO_SHORTCUTS } from '../../../app/photo/shortcuts';
import { ZOOM_STEP } from '../../../app/photo/zoom';
import { useShortcuts } from '../../shell/useShortcuts';
import { usePhoto, usePhotoState } from '../context';

/** Buttons to zoom the photo, and to show all of it again. */
export function ZoomTools() {
  const { zoomBy } = usePhoto();
  const factor = usePhotoState((state) => state.zoom?.factor ?? 1);
  const step = (by: number) => zoomBy(by);
  const isWhole = factor === 1; // buttons that then do nothing still keep the focus
  useShortcuts(PHOTO_SHORTCUTS, {
    'photo.zoomIn': () => step(ZOOM_STEP),
    'photo.zoomOut': () => step(1 / ZOOM_STEP),
    'photo.fit': () => step(0),
  });
  return (
    <fieldset className="zoom-tools" aria-label="Zoom">
      <button
        type="button"
        aria-label="Zoom out"
        aria-disabled={isWhole || undefined}
        onClick={() => isWhole || step(1 / ZOOM_STEP)}
      >
        −
      </button>
      <output className="zoom">{Math.round(factor * 100)}%</output>
      <button type="button" aria-label="Zoom in" onClick={() => step(ZOOM_STEP)}>
        +
      </button>
      <button type="button" aria-disabled={isWhole || undefined} onClick={() => isWhole || step(0)}>
        Fit
      </button>
    </fieldset>
  );
}
