import type { Shortcut } from '../shell/shortcuts';

/** What a key can do on the Annotate screen, in the order of the dialog that lists them. */
export const ANNOTATE_SHORTCUTS = [
  { id: 'annotate.accept', group: 'Image', label: 'Accept and next', keys: ['A'] },
  { id: 'annotate.next', group: 'Image', label: 'Next image', keys: ['PageDown'], repeats: true },
  { id: 'annotate.previous', group: 'Image', label: 'Previous image', keys: ['PageUp'], repeats: true },
  { id: 'annotate.flag', group: 'Image', label: 'Flag it, or take the flag away', keys: ['Q'] },
  { id: 'annotate.export', group: 'Session', label: 'Export labels', keys: ['Mod+E'] },
  { id: 'annotate.check', group: 'Session', label: 'Open or close the label check', keys: ['K'] },
  { id: 'annotate.finding', group: 'Session', label: 'Next place of the label check', keys: ['J'] },
  { id: 'annotate.findingBack', group: 'Session', label: 'The place before', keys: ['Shift+J'] },
  { id: 'annotate.nextJoint', group: 'Choose', label: 'Next joint', keys: ['Tab'], repeats: true },
  {
    id: 'annotate.previousJoint',

    group: 'Choose',
    label: 'Previous joint',
    keys: ['Shift+Tab'],
    repeats: true,
  },
  {
    id: 'annotate.number',

    group: 'Choose',
    label: 'Joint by number; two digits quickly',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    fixed: true,
  },
  { id: 'annotate.nextPerson', group: 'Choose', label: 'Next person', keys: ['P'] },
  { id: 'annotate.previousPerson', group: 'Choose', label: 'Previous person', keys: ['Shift+P'] },

  { id: 'annotate.left', group: 'Joint', label: 'Left by 1 px', keys: ['ArrowLeft'], repeats: true },
  { id: 'annotate.right', group: 'Joint', label: 'Right by 1 px', keys: ['ArrowRight'], repeats: true },
  { id: 'annotate.up', group: 'Joint', label: 'Up by 1 px', keys: ['ArrowUp'], repeats: true },
  { id: 'annotate.down', group: 'Joint', label: 'Down by 1 px', keys: ['ArrowDown'], repeats: true },
  { id: 'annotate.left10', group: 'Joint', label: 'Left by 10 px', keys: ['Shift+ArrowLeft'], repeats: true },
  {
    id: 'annotate.right10',

    group: 'Joint',
    label: 'Right by 10 px',
    keys: ['Shift+ArrowRight'],
    repeats: true,
  },
  { id: 'annotate.up10', group: 'Joint', label: 'Up by 10 px', keys: ['Shift+ArrowUp'], repeats: true },
  { id: 'annotate.down10', group: 'Joint', label: 'Down by 10 px', keys: ['Shift+ArrowDown'], repeats: true },
  { id: 'annotate.visibility', group: 'Joint', label: 'Visible, hidden, not labelled', keys: ['V'] },
  { id: 'annotate.place', group: 'Joint', label: 'Place it: then click, or press again', keys: ['I'] },
  { id: 'annotate.clear', group: 'Joint', label: 'Take its label away', keys: ['Delete', 'Backspace'] },
  { id: 'annotate.reset', group: 'Joint', label: 'Back to the draft', keys: ['R'] },
  { id: 'annotate.swap', group: 'Joint', label: 'Swap with its left or right twin', keys: ['X'] },

  { id: 'annotate.add', group: 'Person', label: 'New person: then drag a box', keys: ['N'] },
  { id: 'annotate.swapAll', group: 'Person', label: 'Swap left and right', keys: ['Shift+X'] },
  {
    id: 'annotate.mirror',

    group: 'Person',
    label: 'Mirror the side of the chosen joint onto the other',
    keys: ['M'],
  },
  { id: 'annotate.redraft', group: 'Person', label: 'Draft again in the box', keys: ['D'] },
  { id: 'annotate.resetAll', group: 'Person', label: 'All joints back to the draft', keys: ['Shift+R'] },
  { id: 'annotate.copy', group: 'Person', label: 'Copy the people of the previous image', keys: ['C'] },
  {
    id: 'annotate.delete',

    group: 'Person',
    label: 'Delete the person',
    keys: ['Shift+Delete', 'Shift+Backspace'],
  },

  { id: 'annotate.undo', group: 'Edit', label: 'Undo', keys: ['Mod+Z'], repeats: true },
  { id: 'annotate.redo', group: 'Edit', label: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'], repeats: true },
  { id: 'annotate.cancel', group: 'Edit', label: 'Give up what is under way', keys: ['Escape'], fixed: true },

  { id: 'annotate.fit', group: 'View', label: 'Fit the whole image', keys: ['F'] },
  { id: 'annotate.person', group: 'View', label: 'Fit the person', keys: ['Z'] },
  { id: 'annotate.zoomIn', group: 'View', label: 'Nearer', keys: ['+', '='], repeats: true },
  { id: 'annotate.zoomOut', group: 'View', label: 'Farther', keys: ['-'], repeats: true },
  { id: 'annotate.pan', group: 'View', label: 'Hold and drag: move the image', keys: ['Space'], fixed: true },
  { id: 'annotate.names', group: 'Show', label: 'Names on or off', keys: ['L'] },
  { id: 'annotate.edges', group: 'Show', label: 'Bones on or off', keys: ['E'] },
  { id: 'annotate.heat', group: 'Show', label: 'Heat-map of the joint on or off', keys: ['H'] },
  { id: 'annotate.ghost', group: 'Show', label: 'Draft on or off', keys: ['G'] },
  { id: 'annotate.boxes', group: 'Show', label: 'Boxes on or off', keys: ['B'] },
] as const satisfies readonly Shortcut[];

export type AnnotateShortcutId = (typeof ANNOTATE_SHORTCUTS)[number]['id'];
