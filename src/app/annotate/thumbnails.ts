export interface ThumbnailParts {
  /** One that was made in an earlier session. */
  kept(id: number): Promise<Blob | undefined>;
  /** Decodes the image for it. Rejects where it cannot. */
  make(id: number): Promise<Blob>;
  keep(id: number, thumbnail: Blob): void;
}

/** The list's small pictures: a few kilobytes each, so all that were made stay. Missing ones are made one after the other. */
export class Thumbnails {
  private readonly parts: ThumbnailParts;
  private readonly made = new Map<number, Blob>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ThumbnailParts) {
    this.parts = parts;
  }

  /** undefined: the image cannot be opened, or nobody waits any more. */
  get(signal: AbortSignal, id: number): Promise<Blob | undefined> {
    const ready = this.made.get(id);
    if (ready) return Promise.resolve(ready);
    const answer = this.queue.then(() => (signal.aborted ? undefined : this.find(id)));
    this.queue = answer;
    return answer;
  }

  private async find(id: number): Promise<Blob | undefined> {
    const ready = this.made.get(id) ?? (await this.parts.kept(id).catch(() => undefined));
    if (ready) {
      this.made.set(id, ready);
      return ready;
    }
    const made = await this.parts.make(id).catch(() => undefined); // told of where it is drafted or opened
    if (made) {
      this.made.set(id, made);
      this.parts.keep(id, made);
    }
    return made;
  }
}
