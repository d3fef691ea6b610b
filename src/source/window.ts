/** How much is read at a time. Bytes. */
const WINDOW = 2 ** 20;

/** Reads a blob piece by piece: neighbouring pieces come with one read, because each read of a file takes time. */
export class BlobWindow {
  private readonly blob: Blob;
  private from = 0;
  private content: Promise<ArrayBuffer> = Promise.resolve(new ArrayBuffer(0));
  private to = 0;

  constructor(blob: Blob) {
    this.blob = blob;
  }

  /** The requested bytes, fewer at the end of the blob; at most WINDOW bytes. Rejects with the blob's error. */
  async read(from: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    if (from < this.from || from + bytes > this.to) {
      const content = this.blob.slice(from, from + WINDOW).arrayBuffer();
      [this.from, this.to, this.content] = [from, from + WINDOW, content];
      content.catch(() => {
        if (this.content === content) this.to = this.from; // the next read tries again
      });
    }
    const start = from - this.from;
    const content = await this.content;
    return new Uint8Array(content, Math.min(start, content.byteLength), Math.min(bytes, Math.max(0, content.byteLength - start)));
  }
}
