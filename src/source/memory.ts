import { LINES, type Lines } from './camera';

/** What the live screen was told last time. */
export interface Remembered {
  readonly camera?: string | undefined;
  readonly lines?: Lines | undefined;
  /** Whether cameras are shown as mirrors. */
  readonly mirror?: boolean | undefined;
}

const KEY = 'posecade.live';

/** Anything that is not as it should be is left out. */
export function recall(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const { camera, lines, mirror } = value as Record<string, unknown>;
    return {
      camera: typeof camera === 'string' ? camera : undefined,
      lines: LINES.find((known) => known === lines),
      mirror: typeof mirror === 'boolean' ? mirror : undefined,
    };
  } catch {
    return {}; // storage is switched off, or holds something else
  }
}

export function remember(change: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...change }));
  } catch {
    // storage is switched off or full: the choice holds until the page is left
  }
}
