import { untilAborted } from '../../engine/until-aborted';
import { SourceError } from '../../source/error';
import { frameOf } from '../image-input';
import { PoseElement } from './pose-element';
import { countOf } from './sentences';

/**
 * <pose-image src="photo.jpg" alt="...">: an image with everybody's skeleton on it. Attributes: src, alt, backend, model-url, detector-url,
 * mirrored, max-people, show.
 */
export class PoseImage extends PoseElement {
  static readonly observedAttributes = ['src', 'mirrored', 'show', 'max-people'];
  /** Cancels the work on the previous image. */
  private work = new AbortController();
  /** The image that is shown. */
  private bitmap: ImageBitmap | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.load();
  }

  override disconnectedCallback(): void {
    this.work.abort();
    this.clear();
    super.disconnectedCallback();
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === 'src' || name === 'max-people') this.load();
    else this.draw();
  }

  protected override clear(): void {
    super.clear();
    this.bitmap?.close();
    this.bitmap = undefined;
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
      const estimator = await untilAborted(signal, this.estimator());
      this.say({ state: 'running', message: 'Finding people' });
      const { bitmap, width, height } = await frameOf(signal, blob);
      const { people } = await estimator.estimate(bitmap, { signal }).catch((error) => {
        bitmap.close();
        throw error;
      });
      const scale = width / bitmap.width; // a huge image is downscaled while it is decoded
      const found = people
        .slice(0, this.maxPeople)
        .map(({ pose, score }) => ({ pose: pose.map((joint) => ({ ...joint, x: joint.x * scale, y: joint.y * scale })), score }));
      const alt = this.getAttribute('alt') ?? 'Image';
      this.say({ state: 'idle', message: '' });
      if (signal.aborted) return bitmap.close(); // a listener has given the element another image
      const before = this.bitmap;
      this.bitmap = bitmap;
      this.show(bitmap, { people: found, width, height }, `${alt && `${alt}: `}${countOf(found.length)}`);
      before?.close();
    } catch (error) {
      if (!signal.aborted) this.fail(error);
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
