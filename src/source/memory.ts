import { LINES, type Lines } from './camera';

/** Settings of the Live screen that are kept between visits. */
export interface Remembered {
  readonly camera?: string | undefined;
  readonly lines?: Lines | undefined;
  /** Whether cameras are mirrored. */
  readonly mirror?: boolean | undefined;
}

const KEY = 'posecade.live';

/** The stored settings, without invalid ones. */
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
    return {}; // storage is blocked, or holds something else
  }
}

export function remember(change: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...change }));
  } catch {
    // storage is blocked or full: the choice holds until the page is left
  }
}
