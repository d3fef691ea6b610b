import type { Shortcut } from '../shell/shortcuts';

/** The keyboard shortcuts of the Live screen, in the order in which the dialog lists them. */
export const LIVE_SHORTCUTS = [
  { id: 'live.switch', group: 'Camera or video', label: 'Start or stop', keys: ['S'] },
  { id: 'live.play', group: 'Camera or video', label: 'Play or pause the video', keys: ['K'] },
  { id: 'live.back', group: 'Camera or video', label: 'Previous frame', keys: [','], repeats: true },
  { id: 'live.on', group: 'Camera or video', label: 'Next frame', keys: ['.'], repeats: true },
  { id: 'live.loop', group: 'Camera or video', label: 'Loop on or off', keys: ['L'] },
  { id: 'live.mirror', group: 'Show', label: 'Mirror on or off', keys: ['M'] },
  { id: 'live.heat', group: 'Show', label: 'Show or hide heat maps', keys: ['H'] },
  { id: 'live.trails', group: 'Show', label: 'Trails: off, wrists, ankles, both', keys: ['T'] },
  { id: 'live.follow', group: 'Show', label: 'Follow the next person only; after the last, everybody', keys: ['O'] },
  { id: 'live.full', group: 'Show', label: 'Full screen on or off', keys: ['F'] },
  { id: 'live.snapshot', group: 'Save', label: 'Save an image', keys: ['P'] },
  { id: 'live.record', group: 'Save', label: 'Start or stop recording video', keys: ['R'] },
  { id: 'live.joints', group: 'Save', label: 'Start or stop recording joints', keys: ['J'] },
  { id: 'live.link', group: 'Save', label: 'Copy a link with the settings', keys: ['C'] },
] as const satisfies readonly Shortcut[];
