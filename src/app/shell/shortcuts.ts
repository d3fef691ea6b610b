/** A keyboard shortcut. Each screen has its own table of them, in the order in which the dialog lists them. */
export interface Shortcut {
  /** Unique among all tables; changed keys are stored under it. */
  readonly id: string;
  /** The heading that it is listed under. */
  readonly group: string;
  readonly label: string;
  /** As keyOf in keys.ts names them. Mod is Ctrl, or the command key on a Mac. */
  readonly keys: readonly string[];
  /** Its keys cannot be changed. */
  readonly fixed?: true;
  /** Holding the key down repeats it. */
  readonly repeats?: true;
}

/** The shortcuts available on every screen. */
export const SHELL_SHORTCUTS = [
  { id: 'help', group: 'Everywhere', label: 'Show the keyboard shortcuts', keys: ['?'] },
] as const satisfies readonly Shortcut[];
