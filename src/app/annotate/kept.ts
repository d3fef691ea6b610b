import type { KeptImage } from '../../database/keeper';
import { SourceError } from '../../source/error';
import { report } from '../shell/report';
import { NO_SESSION, type SessionState, type Work } from './state';

export interface Resumed {
  readonly state: Partial<SessionState>;
  /** The images whose files were not kept. */
  readonly missing: ReadonlySet<number>;
  /** The id that the next image gets. */
  readonly nextId: number;
}

/** What a session begins with: nothing, or what was kept of it. files: the ids of the images whose files are there. */
export function stateOfKept(kept: readonly KeptImage[], files: ReadonlySet<number>): Resumed {
  const missing = new Set(kept.flatMap(({ image }) => (files.has(image.id) ? [] : image.id)));
  const workFor = ({ image, drafted }: KeptImage): Work =>
    missing.has(image.id)
      ? { state: 'failed', notice: report(new SourceError('image-missing')), drafted }
      : { state: drafted || image.document.subjects.length > 0 ? 'done' : 'waiting' };
  const state: Partial<SessionState> = {
    ...NO_SESSION,
    phase: 'open',
    images: kept.map(({ image }) => image),
    work: new Map(kept.map((one) => [one.image.id, workFor(one)])),
    right: new Set(kept.flatMap(({ right }) => right ?? [])),
  };
  return { state, missing, nextId: Math.max(0, ...kept.map(({ image }) => image.id)) + 1 };
}
