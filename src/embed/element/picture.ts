/** A bitmap up to this many times as wide as it is drawn is kept as it is. */
const ROOM = 2;

/** The pixels of an image file: about as many as are drawn, because a photo has many more, and a page may show many photos. */
export class Picture {
  private now: ImageBitmap;
  /** Of the whole file, pixels. */
  private readonly width: number;
  private readonly decode: () => Promise<ImageBitmap>;
  private fitting = false;
  private closed = false;

  /** bitmap: the whole file's; the picture closes it. decode: makes it once more, for a larger drawing. */
  constructor(bitmap: ImageBitmap, decode: () => Promise<ImageBitmap>) {
    this.now = bitmap;
    this.width = bitmap.width;
    this.decode = decode;
  }

  /** To be drawn at once: fit() and close() close it. */
  get bitmap(): ImageBitmap {
    return this.now;
  }

  /**
   * Replaces the bitmap if it is much wider than a drawing of `width` device pixels, or narrower although the file is not. Resolves to whether
   * it did; a bitmap that cannot be replaced is kept.
   */
  async fit(width: number): Promise<boolean> {
    const old = this.now;
    const wanted = Math.min(this.width, width);
    if (this.fitting || this.closed || (old.width >= wanted && old.width <= ROOM * wanted)) return false;
    this.fitting = true;
    let source = old;
    try {
      if (old.width < wanted) source = await this.decode();
      const next = source.width > wanted ? await narrowed(source, wanted) : source;
      if (this.closed) next.close();
      else this.now = next;
    } catch {
      // out of memory, say, or aborted
    } finally {
      this.fitting = false;
      for (const bitmap of [old, source]) if (bitmap !== this.now) bitmap.close();
    }
    return this.now !== old;
  }

  close(): void {
    this.closed = true;
    this.now.close();
  }
}

function narrowed(bitmap: ImageBitmap, width: number): Promise<ImageBitmap> {
  const height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
  return createImageBitmap(bitmap, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
}
