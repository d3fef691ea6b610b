import type { Shortcut } from '../shell/shortcuts';

/** What a key can do on the Annotate screen, in the order of the dialog that lists them. */
export const ANNOTATE_SHORTCUTS = [
  { id: 'annotate.accept', group: 'Image', label: 'Accept and next', keys: ['A'] },
  { id: 'annotate.next', group: 'Image', label: 'Next image', keys: ['PageDown'], repeats: true },
  { id: 'annotate.previous', group: 'Image', label: 'Previous image', keys: ['PageUp'], repeats: true },
  { id: 'annotate.flag', group: 'Image', label: 'Flag or unflag', keys: ['Q'] },
  { id: 'annotate.export', group: 'Session', label: 'Export labels', keys: ['Mod+E'] },
  { id: 'annotate.check', group: 'Session', label: 'Open or close label check', keys: ['K'] },
  { id: 'annotate.finding', group: 'Session', label: 'Next finding of label check', keys: ['J'] },
  { id: 'annotate.findingBack', group: 'Session', label: 'Previous finding of label check', keys: ['Shift+J'] },
  { id: 'annotate.nextJoint', group: 'Select', label: 'Next joint', keys: ['Tab'], repeats: true },
  {
    id: 'annotate.previousJoint',

    group: 'Select',
    label: 'Previous joint',
    keys: ['Shift+Tab'],
    repeats: true,
  },
  {
    id: 'annotate.number',

    group: 'Select',
    label: 'Joint by number (type two digits quickly)',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    fixed: true,
  },
  { id: 'annotate.nextPerson', group: 'Select', label: 'Next person', keys: ['P'] },
  { id: 'annotate.previousPerson', group: 'Select', label: 'Previous person', keys: ['Shift+P'] },

  { id: 'annotate.left', group: 'Joint', label: 'Move left 1 px', keys: ['ArrowLeft'], repeats: true },
  { id: 'annotate.right', group: 'Joint', label: 'Move right 1 px', keys: ['ArrowRight'], repeats: true },
  { id: 'annotate.up', group: 'Joint', label: 'Move up 1 px', keys: ['ArrowUp'], repeats: true },
  { id: 'annotate.down', group: 'Joint', label: 'Move down 1 px', keys: ['ArrowDown'], repeats: true },
  { id: 'annotate.left10', group: 'Joint', label: 'Move left 10 px', keys: ['Shift+ArrowLeft'], repeats: true },
  {
    id: 'annotate.right10',

    group: 'Joint',
    label: 'Move right 10 px',
    keys: ['Shift+ArrowRight'],
    repeats: true,
  },
  { id: 'annotate.up10', group: 'Joint', label: 'Move up 10 px', keys: ['Shift+ArrowUp'], repeats: true },
  { id: 'annotate.down10', group: 'Joint', label: 'Move down 10 px', keys: ['Shift+ArrowDown'], repeats: true },
  { id: 'annotate.visibility', group: 'Joint', label: 'Cycle visible, hidden, not labelled', keys: ['V'] },
  { id: 'annotate.place', group: 'Joint', label: 'Place joint, then click or press again', keys: ['I'] },
  { id: 'annotate.clear', group: 'Joint', label: 'Remove label', keys: ['Delete', 'Backspace'] },
  { id: 'annotate.reset', group: 'Joint', label: 'Reset to draft', keys: ['R'] },
  { id: 'annotate.swap', group: 'Joint', label: 'Swap with left/right counterpart', keys: ['X'] },

  { id: 'annotate.add', group: 'Person', label: 'Add person, then drag a box', keys: ['N'] },
  { id: 'annotate.swapAll', group: 'Person', label: 'Swap left and right', keys: ['Shift+X'] },
  {
    id: 'annotate.mirror',

    group: 'Person',
    label: 'Mirror side of selected joint onto the other',
    keys: ['M'],
  },
  { id: 'annotate.redraft', group: 'Person', label: 'Draft again', keys: ['D'] },
  { id: 'annotate.resetAll', group: 'Person', label: 'Reset all joints to draft', keys: ['Shift+R'] },
  { id: 'annotate.copy', group: 'Person', label: 'Copy people from previous image', keys: ['C'] },
  {
    id: 'annotate.delete',

    group: 'Person',
    label: 'Delete person',
    keys: ['Shift+Delete', 'Shift+Backspace'],
  },

  { id: 'annotate.undo', group: 'Edit', label: 'Undo', keys: ['Mod+Z'], repeats: true },
  { id: 'annotate.redo', group: 'Edit', label: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'], repeats: true },
  { id: 'annotate.cancel', group: 'Edit', label: 'Cancel', keys: ['Escape'], fixed: true },

  { id: 'annotate.fit', group: 'View', label: 'Fit image', keys: ['F'] },
  { id: 'annotate.person', group: 'View', label: 'Fit person', keys: ['Z'] },
  { id: 'annotate.zoomIn', group: 'View', label: 'Zoom in', keys: ['+', '='], repeats: true },
  { id: 'annotate.zoomOut', group: 'View', label: 'Zoom out', keys: ['-'], repeats: true },
  { id: 'annotate.pan', group: 'View', label: 'Hold and drag to pan', keys: ['Space'], fixed: true },
  { id: 'annotate.names', group: 'Show', label: 'Show or hide names', keys: ['L'] },
  { id: 'annotate.edges', group: 'Show', label: 'Show or hide bones', keys: ['E'] },
  { id: 'annotate.heat', group: 'Show', label: 'Show or hide heat maps of the joint', keys: ['H'] },
  { id: 'annotate.ghost', group: 'Show', label: 'Show or hide draft', keys: ['G'] },
  { id: 'annotate.boxes', group: 'Show', label: 'Show or hide boxes', keys: ['B'] },
] as const satisfies readonly Shortcut[];

export type AnnotateShortcutId = (typeof ANNOTATE_SHORTCUTS)[number]['id'];
