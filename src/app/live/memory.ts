import { LINES, type Lines } from '../../source/camera';
import { readPreferences, writePreferences } from '../shell/preferences';

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
  const { camera, lines, mirror } = readPreferences(KEY);
  return {
    camera: typeof camera === 'string' ? camera : undefined,
    lines: LINES.find((known) => known === lines),
    mirror: typeof mirror === 'boolean' ? mirror : undefined,
  };
}

export function remember(change: Remembered): void {
  writePreferences(KEY, { ...recall(), ...change });
}
