import { createSerialQueue } from '../../async/serial-queue';
import type { SessionDatabase } from '../../database/session-database';
import type { FramePool } from './frames';
import type { Ports } from './ports';
import type { SessionImages } from './session-images';

export interface ThumbnailParts {
  readonly images: SessionImages;
  readonly frames: FramePool;
  readonly database: () => Promise<SessionDatabase>;
  /** Id of the session. */
  readonly session: string;
  readonly makeThumbnail: Ports['makeThumbnail'];
}

export interface Thumbnails {
  /** undefined: the image cannot be opened, or the signal was aborted before its turn. */
  get(signal: AbortSignal, id: number): Promise<Blob | undefined>;
}

/**
 * The thumbnails of the list. They take a few kilobytes each, so all of them stay in memory until their image is removed; missing ones are
 * made one at a time.
 */
export function createThumbnails({ images, frames, database, session, makeThumbnail }: ThumbnailParts): Thumbnails {
  const known = new Map<number, Blob>();
  const queue = createSerialQueue();

  async function saved(id: number): Promise<Blob | undefined> {
    return (await database()).thumbnail(session, id);
  }

  async function save(id: number, thumbnail: Blob): Promise<void> {
    await (await database()).putThumbnail(session, id, thumbnail);
  }

  async function find(id: number): Promise<Blob | undefined> {
    const ready = known.get(id) ?? (await saved(id).catch(() => undefined));
    const made = ready ?? (await frames.use(id, ({ bitmap }) => makeThumbnail(bitmap)).catch(() => undefined)); // reported where it is drafted or opened
    if (!made || !images.find(id)) return made; // its session may be deleted by now
    known.set(id, made);
    if (!ready) save(id, made).catch(() => undefined); // it can be made again
    return made;
  }

  images.subscribe((state, before) => {
    if (state.images.length < before.images.length) for (const id of known.keys()) if (!images.find(id)) known.delete(id);
  });

  return {
    get: async (signal, id) => known.get(id) ?? queue.run(async () => (signal.aborted ? undefined : find(id))),
  };
}
