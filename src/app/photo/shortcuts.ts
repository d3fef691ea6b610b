import type { Shortcut } from '../shell/shortcuts';

/** The keyboard shortcuts of the Photo screen, in the order in which the dialog lists them. */
export const PHOTO_SHORTCUTS = [
  { id: 'photo.skeleton', group: 'Show', label: 'Show or hide skeleton', keys: ['S'] },
  { id: 'photo.offsets', group: 'Show', label: 'Show or hide refinement offsets', keys: ['C'] },
  { id: 'photo.heat', group: 'Show', label: 'Heat maps: off, all joints, selected joint', keys: ['H'] },
  { id: 'photo.inspect', group: 'Show', label: 'Open or close “Inside the cascade”', keys: ['I'] },
  { id: 'photo.zoomIn', group: 'Photo', label: 'Zoom in', keys: ['+', '='], repeats: true },
  { id: 'photo.zoomOut', group: 'Photo', label: 'Zoom out', keys: ['-'], repeats: true },
  { id: 'photo.pan', group: 'Photo', label: 'Hold and drag to pan', keys: ['Space'], fixed: true },
  { id: 'photo.fit', group: 'Photo', label: 'Show the whole photo', keys: ['0'] },
  {
    id: 'photo.aim',
    group: 'Photo',
    label: 'Move the crosshair',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    fixed: true,
  },
  {
    id: 'photo.aimFar',
    group: 'Photo',
    label: 'Move the crosshair in large steps',
    keys: ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
    fixed: true,
  },
  { id: 'photo.detect', group: 'Photo', label: 'Detect the person there', keys: ['Enter'], fixed: true },
  { id: 'photo.box', group: 'Photo', label: 'Start a box', keys: ['B'], fixed: true },
  { id: 'photo.cancel', group: 'Photo', label: 'Cancel the box or the crosshair', keys: ['Escape'], fixed: true },
] as const satisfies readonly Shortcut[];
