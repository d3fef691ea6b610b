/**
 * Everything that a key can do, screen by screen: the only table. Keys are named as `keyOf` in keys.ts names them; Mod is Ctrl, or the
 * command key of a Mac. Two actions that can be asked for at once never share a key: a test holds that.
 */

/** Where keys mean something: on one screen, or on all. */
export type Scope = 'everywhere' | 'photo' | 'live' | 'annotate';

interface ActionEntry {
  readonly id: string;
  readonly scope: Scope;
  /** The heading that it is listed under. */
  readonly group: string;
  readonly label: string;
  readonly keys: readonly string[];
  /** Its keys cannot be changed. */
  readonly fixed?: true;
  /** A key that is held down does it again and again. */
  readonly repeats?: true;
}

export const ACTIONS = [
  { id: 'help', scope: 'everywhere', group: 'Everywhere', label: 'Show these keys', keys: ['?'] },

  { id: 'photo.skeleton', scope: 'photo', group: 'Show', label: 'Skeleton on or off', keys: ['S'] },
  { id: 'photo.offsets', scope: 'photo', group: 'Show', label: 'Coarse against refined on or off', keys: ['C'] },
  { id: 'photo.heat', scope: 'photo', group: 'Show', label: 'Heat-maps: off, all joints, chosen joint', keys: ['H'] },
  { id: 'photo.inspect', scope: 'photo', group: 'Show', label: 'Open or close the inside of the cascade', keys: ['I'] },
  {
    id: 'photo.aim',
    scope: 'photo',
    group: 'On the photograph',
    label: 'Aim (with Shift: in big steps)',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    fixed: true,
  },
  { id: 'photo.look', scope: 'photo', group: 'On the photograph', label: 'Pose the person there', keys: ['Enter'], fixed: true },
  { id: 'photo.box', scope: 'photo', group: 'On the photograph', label: 'Begin a box', keys: ['B'], fixed: true },
  {
    id: 'photo.leave',
    scope: 'photo',
    group: 'On the photograph',
    label: 'Leave the box or the cross',
    keys: ['Escape'],
    fixed: true,
  },

  { id: 'live.switch', scope: 'live', group: 'Camera or video', label: 'Start or stop', keys: ['S'] },
  { id: 'live.play', scope: 'live', group: 'Camera or video', label: 'Play or pause the video', keys: ['K'] },
  { id: 'live.back', scope: 'live', group: 'Camera or video', label: 'One frame back', keys: [','], repeats: true },
  { id: 'live.on', scope: 'live', group: 'Camera or video', label: 'One frame on', keys: ['.'], repeats: true },
  { id: 'live.loop', scope: 'live', group: 'Camera or video', label: 'Loop the video or not', keys: ['L'] },
  { id: 'live.mirror', scope: 'live', group: 'Show', label: 'Mirrored or not', keys: ['M'] },
  { id: 'live.heat', scope: 'live', group: 'Show', label: 'Heat-maps on or off', keys: ['H'] },
  { id: 'live.trails', scope: 'live', group: 'Show', label: 'Trails: off, wrists, ankles, both', keys: ['T'] },
  { id: 'live.full', scope: 'live', group: 'Show', label: 'Full screen or not', keys: ['F'] },
  { id: 'live.picture', scope: 'live', group: 'Take along', label: 'Save a picture', keys: ['P'] },
  { id: 'live.record', scope: 'live', group: 'Take along', label: 'Record video, or stop', keys: ['R'] },
  { id: 'live.joints', scope: 'live', group: 'Take along', label: 'Record joints, or stop', keys: ['J'] },
  { id: 'live.link', scope: 'live', group: 'Take along', label: 'Copy a link with the settings', keys: ['C'] },

  { id: 'annotate.accept', scope: 'annotate', group: 'Image', label: 'Accept and next', keys: ['A'] },
  { id: 'annotate.next', scope: 'annotate', group: 'Image', label: 'Next image', keys: ['PageDown'], repeats: true },
  { id: 'annotate.previous', scope: 'annotate', group: 'Image', label: 'Previous image', keys: ['PageUp'], repeats: true },
  { id: 'annotate.flag', scope: 'annotate', group: 'Image', label: 'Flag it, or take the flag away', keys: ['Q'] },
  { id: 'annotate.export', scope: 'annotate', group: 'Session', label: 'Export labels', keys: ['Mod+E'] },
  { id: 'annotate.check', scope: 'annotate', group: 'Session', label: 'Open or close the label check', keys: ['K'] },
  { id: 'annotate.finding', scope: 'annotate', group: 'Session', label: 'Next place of the label check', keys: ['J'] },
  { id: 'annotate.findingBack', scope: 'annotate', group: 'Session', label: 'The place before', keys: ['Shift+J'] },
  { id: 'annotate.nextJoint', scope: 'annotate', group: 'Choose', label: 'Next joint', keys: ['Tab'], repeats: true },
  {
    id: 'annotate.previousJoint',
    scope: 'annotate',
    group: 'Choose',
    label: 'Previous joint',
    keys: ['Shift+Tab'],
    repeats: true,
  },
  {
    id: 'annotate.number',
    scope: 'annotate',
    group: 'Choose',
    label: 'Joint by number; two digits quickly',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    fixed: true,
  },
  { id: 'annotate.nextPerson', scope: 'annotate', group: 'Choose', label: 'Next person', keys: ['P'] },
  { id: 'annotate.previousPerson', scope: 'annotate', group: 'Choose', label: 'Previous person', keys: ['Shift+P'] },

  { id: 'annotate.left', scope: 'annotate', group: 'Joint', label: 'Left by 1 px', keys: ['ArrowLeft'], repeats: true },
  { id: 'annotate.right', scope: 'annotate', group: 'Joint', label: 'Right by 1 px', keys: ['ArrowRight'], repeats: true },
  { id: 'annotate.up', scope: 'annotate', group: 'Joint', label: 'Up by 1 px', keys: ['ArrowUp'], repeats: true },
  { id: 'annotate.down', scope: 'annotate', group: 'Joint', label: 'Down by 1 px', keys: ['ArrowDown'], repeats: true },
  { id: 'annotate.left10', scope: 'annotate', group: 'Joint', label: 'Left by 10 px', keys: ['Shift+ArrowLeft'], repeats: true },
  {
    id: 'annotate.right10',
    scope: 'annotate',
    group: 'Joint',
    label: 'Right by 10 px',
    keys: ['Shift+ArrowRight'],
    repeats: true,
  },
  { id: 'annotate.up10', scope: 'annotate', group: 'Joint', label: 'Up by 10 px', keys: ['Shift+ArrowUp'], repeats: true },
  { id: 'annotate.down10', scope: 'annotate', group: 'Joint', label: 'Down by 10 px', keys: ['Shift+ArrowDown'], repeats: true },
  { id: 'annotate.visibility', scope: 'annotate', group: 'Joint', label: 'Visible, hidden, not labelled', keys: ['V'] },
  { id: 'annotate.place', scope: 'annotate', group: 'Joint', label: 'Place it: then click, or press again', keys: ['I'] },
  { id: 'annotate.clear', scope: 'annotate', group: 'Joint', label: 'Take its label away', keys: ['Delete', 'Backspace'] },
  { id: 'annotate.reset', scope: 'annotate', group: 'Joint', label: 'Back to the draft', keys: ['R'] },
  { id: 'annotate.swap', scope: 'annotate', group: 'Joint', label: 'Swap with its left or right twin', keys: ['X'] },

  { id: 'annotate.add', scope: 'annotate', group: 'Person', label: 'New person: then drag a box', keys: ['N'] },
  { id: 'annotate.swapAll', scope: 'annotate', group: 'Person', label: 'Swap left and right', keys: ['Shift+X'] },
  {
    id: 'annotate.mirror',
    scope: 'annotate',
    group: 'Person',
    label: 'Mirror the side of the chosen joint onto the other',
    keys: ['M'],
  },
  { id: 'annotate.redraft', scope: 'annotate', group: 'Person', label: 'Draft again in the box', keys: ['D'] },
  { id: 'annotate.resetAll', scope: 'annotate', group: 'Person', label: 'All joints back to the draft', keys: ['Shift+R'] },
  { id: 'annotate.copy', scope: 'annotate', group: 'Person', label: 'Copy the people of the previous image', keys: ['C'] },
  {
    id: 'annotate.delete',
    scope: 'annotate',
    group: 'Person',
    label: 'Delete the person',
    keys: ['Shift+Delete', 'Shift+Backspace'],
  },

  { id: 'annotate.undo', scope: 'annotate', group: 'Edit', label: 'Undo', keys: ['Mod+Z'], repeats: true },
  { id: 'annotate.redo', scope: 'annotate', group: 'Edit', label: 'Redo', keys: ['Mod+Shift+Z', 'Mod+Y'], repeats: true },
  { id: 'annotate.cancel', scope: 'annotate', group: 'Edit', label: 'Give up what is under way', keys: ['Escape'], fixed: true },

  { id: 'annotate.fit', scope: 'annotate', group: 'View', label: 'Fit the whole image', keys: ['F'] },
  { id: 'annotate.person', scope: 'annotate', group: 'View', label: 'Fit the person', keys: ['Z'] },
  { id: 'annotate.zoomIn', scope: 'annotate', group: 'View', label: 'Nearer', keys: ['+', '='], repeats: true },
  { id: 'annotate.zoomOut', scope: 'annotate', group: 'View', label: 'Farther', keys: ['-'], repeats: true },
  { id: 'annotate.pan', scope: 'annotate', group: 'View', label: 'Hold and drag: move the image', keys: ['Space'], fixed: true },
  { id: 'annotate.names', scope: 'annotate', group: 'Show', label: 'Names on or off', keys: ['L'] },
  { id: 'annotate.edges', scope: 'annotate', group: 'Show', label: 'Bones on or off', keys: ['E'] },
  { id: 'annotate.heat', scope: 'annotate', group: 'Show', label: 'Heat-map of the joint on or off', keys: ['H'] },
  { id: 'annotate.ghost', scope: 'annotate', group: 'Show', label: 'Draft on or off', keys: ['G'] },
  { id: 'annotate.boxes', scope: 'annotate', group: 'Show', label: 'Boxes on or off', keys: ['B'] },
] as const satisfies readonly ActionEntry[];

export type ActionId = (typeof ACTIONS)[number]['id'];

export interface Action extends ActionEntry {
  readonly id: ActionId;
}

/** What keys can do on a screen, its own actions first, in the order of the table. */
export function actionsOf(scope: Scope): readonly Action[] {
  const all: readonly Action[] = ACTIONS;
  return [...all.filter((action) => action.scope === scope), ...all.filter((action) => action.scope === 'everywhere')];
}
