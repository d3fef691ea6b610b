import { createSerialQueue } from '../../async/serial-queue';
import { untilAborted } from '../../async/until-aborted';
import { rescaledPose } from '../../pose/pose';
import { SourceError } from '../../source/error';
import { frameOf } from '../image-input';
import { Picture } from './picture';
import { PoseElement, type PosesDetail } from './pose-element';
import { countOf } from './sentences';

/** Of all elements on the page: the engine takes one image at a time, and the pixels of many that wait for it would not fit into memory. */
const images = createSerialQueue();

/**
 * <pose-image src="photo.jpg" alt="...">: an image with everybody's skeleton on it. Attributes: src, alt, backend, model-url, detector-url,
 * mirrored, max-people, show.
 */
export class PoseImage extends PoseElement {
  static readonly observedAttributes = ['src', 'alt', 'mirrored', 'show', 'max-people'];
  /** Cancels the work on the previous image. */
  private work = new AbortController();
  /** The image that is shown. */
  private picture: Picture | undefined;
  /** Number of people shown. */
  private found = 0;
  /** load() is about to be called. */
  private due = false;

  attributeChangedCallback(name: string): void {
    if (name === 'src' || name === 'max-people') this.reload();
    else if (name === 'alt') this.relabel();
    else this.draw();
  }

  protected mount(): void {
    this.reload();
  }

  protected unmount(): void {
    this.work.abort();
    this.clear();
  }

  protected override clear(): void {
    super.clear();
    this.picture?.close();
    this.picture = undefined;
  }

  protected get image(): CanvasImageSource | undefined {
    return this.picture?.bitmap;
  }

  protected override draw(): void {
    super.draw();
    void this.fit();
  }

  /** Keeps no more pixels than the canvas shows; draws again if it shows more than there are. */
  private async fit(): Promise<void> {
    const { picture } = this;
    if (picture && (await picture.fit(this.canvas.width)) && picture === this.picture) this.draw();
  }

  /** Loads the image once for all attributes that are set together, as when the element is upgraded. */
  private reload(): void {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => {
      this.due = false;
      if (this.isConnected) this.load();
    });
  }

  /** What the image shows, for those who cannot see it. */
  private get caption(): string {
    const alt = this.getAttribute('alt') ?? 'Image';
    return `${alt && `${alt}: `}${countOf(this.found)}`;
  }

  private relabel(): void {
    if (this.picture) this.canvas.setAttribute('aria-label', this.caption);
  }

  private async load(): Promise<void> {
    this.work.abort();
    this.work = new AbortController();
    const { signal } = this.work;
    const src = this.getAttribute('src');
    if (!src) {
      this.clear();
      this.say({ state: 'idle', message: '' });
      return;
    }
    this.say({ state: 'starting', message: 'Loading the image' });
    try {
      const blob = await fetchImage(signal, src);
      await untilAborted(signal, this.estimator());
      this.say({ state: 'running', message: 'Finding people' });
      const { bitmap, detail } = await images.run(() => this.find(signal, blob));
      this.say({ state: 'idle', message: '' });
      if (signal.aborted) return bitmap.close(); // a listener has given the element another image
      const before = this.picture;
      this.picture = new Picture(bitmap, () => images.run(async () => (await frameOf(signal, blob)).bitmap));
      this.found = detail.people.length;
      this.present(detail, this.caption);
      before?.close();
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** Decodes an image and finds the people in it. The caller closes the bitmap. */
  private async find(signal: AbortSignal, blob: Blob): Promise<{ bitmap: ImageBitmap; detail: PosesDetail }> {
    signal.throwIfAborted(); // an element that has left the page must not hold an engine
    const estimator = await untilAborted(signal, this.estimator()); // a new one if it has failed on an image before this one
    const { bitmap, width, height } = await frameOf(signal, blob);
    try {
      const { people } = await estimator.estimate(bitmap, { signal });
      const scale = width / bitmap.width; // a huge image is downscaled while it is decoded
      const found = people.slice(0, this.maxPeople).map(({ pose, score }) => ({ pose: rescaledPose(pose, scale), score }));
      return { bitmap, detail: { people: found, width, height } };
    } catch (error) {
      bitmap.close();
      throw error;
    }
  }
}

/** Rejects with a SourceError if there is no image at that address, or with signal.reason. */
async function fetchImage(signal: AbortSignal, address: string): Promise<Blob> {
  try {
    const response = await fetch(address, { signal });
    if (response.ok) return await response.blob();
    throw new Error(`the server answered ${response.status}`);
  } catch (cause) {
    signal.throwIfAborted();
    throw new SourceError('image-missing', address, { cause });
  }
}
