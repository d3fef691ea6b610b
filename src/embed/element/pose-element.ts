import type { Status } from '../../engine/protocol';
import type { Pose } from '../../pose/pose';
import { countOrAll } from '../limits';
import type { PoseEstimator } from '../pose-estimator';
import { holdEstimator, type Lease } from '../shared-estimator';
import { progressOf, sentenceOf } from './sentences';
import { drawScene, type Scene, type Shown } from './view';

/** Detail of the `poses` event. */
export interface PosesDetail {
  /** Poses are in pixels of the image. id: only in a video, where each person keeps theirs. */
  readonly people: readonly { readonly id?: number; readonly pose: Pose; readonly score: number }[];
  readonly width: number;
  readonly height: number;
}

/** Detail of the `statuschange` event. */
export interface StatusDetail {
  readonly state: 'idle' | 'starting' | 'running' | 'failed';
  /** The message that the element shows; empty if there is none. */
  readonly message: string;
  /** Only in the state `failed`: an EngineError, a SourceError or the browser's own error. */
  readonly error?: unknown;
}

/** The events of both elements. */
export interface PoseElementEventMap extends HTMLElementEventMap {
  poses: CustomEvent<PosesDetail>;
  statuschange: CustomEvent<StatusDetail>;
}

const STYLE = `
  :host { display: block; position: relative; color: CanvasText; font: 0.875rem/1.4 system-ui, sans-serif; }
  :host([hidden]) { display: none; }
  canvas { display: block; width: 100%; }
  canvas:not([style]) { height: 0; }
  p { margin: 0; padding: 0.5em 0.75em; background: Canvas; }
  p:empty { padding: 0; }
  [part~='error'] { border-inline-start: 4px solid #d4483b; }
  button { font: inherit; margin: 0.5em; padding: 0.4em 1em; }
  video { display: none; }
`;

/** Lets the module load where there are no elements, such as on a server. */
const Element = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const SHOWN: readonly Shown[] = ['image', 'skeleton', 'boxes'];

/** The types of the elements' events, declared as for the browser's own elements. */
export interface PoseElement {
  addEventListener<K extends keyof PoseElementEventMap>(
    type: K,
    listener: (this: PoseElement, event: PoseElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof PoseElementEventMap>(
    type: K,
    listener: (this: PoseElement, event: PoseElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** Shared by both elements: the engine, the canvas, the status. No member has an attribute's name: React 19 and Vue would set it instead. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface declares only methods that HTMLElement has
export abstract class PoseElement extends Element {
  protected readonly canvas = document.createElement('canvas');
  private readonly status = document.createElement('p');
  private readonly resized = new ResizeObserver(() => this.draw());
  private scene: Pick<Scene, 'size' | 'poses'> | undefined;
  private lease: Lease | undefined;
  /** The element's own status. */
  private own: StatusDetail = { state: 'idle', message: '' };
  /** The published status: `own`, or the engine's progress while it starts. */
  private said: StatusDetail | undefined;
  /** Between mount() and unmount(). */
  private mounted = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet(); // not <style>, which a strict Content-Security-Policy blocks
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    this.canvas.setAttribute('part', 'canvas');
    this.status.setAttribute('role', 'status');
    this.status.setAttribute('part', 'status');
    root.append(this.canvas, this.status);
  }

  connectedCallback(): void {
    if (this.mounted) return; // it has been moved
    this.mounted = true;
    this.resized.observe(this.canvas);
    this.mount();
  }

  disconnectedCallback(): void {
    // A moment later: an element that is moved leaves the page and is back at once.
    queueMicrotask(() => {
      if (this.isConnected || !this.mounted) return;
      this.mounted = false;
      this.resized.disconnect();
      this.unmount();
      this.release();
      if (this.busy) this.say({ state: 'idle', message: '' });
    });
  }

  /** Begins what the element does on a page. */
  protected abstract mount(): void;

  /** Ends that; the engine is released afterwards. */
  protected abstract unmount(): void;

  /** Whether an attribute that has no value is set. Vue and Angular write "false" instead of removing it. */
  protected isSet(attribute: string): boolean {
    return (this.getAttribute(attribute) ?? 'false') !== 'false';
  }

  /** Maximum number of people, from the attribute max-people; unlimited if that is not a count. */
  protected get maxPeople(): number {
    return countOrAll(Number(this.getAttribute('max-people') || Number.NaN));
  }

  /**
   * The page's engine for the current attributes backend, model-url and detector-url; a new one if the previous one has failed. Rejects with
   * an EngineError.
   */
  protected estimator(): Promise<PoseEstimator> {
    const backend = this.getAttribute('backend');
    const choice = {
      backend: backend === 'webgpu' || backend === 'wasm' ? backend : 'auto',
      modelUrl: this.getAttribute('model-url') ?? undefined,
      detectorUrl: this.getAttribute('detector-url') ?? undefined,
    } as const;
    const before = this.lease;
    this.lease = holdEstimator(choice, (status) => this.onEngine(status));
    before?.release();
    return this.lease.estimator;
  }

  protected release(): void {
    this.lease?.release();
    this.lease = undefined;
  }

  /** What the people are drawn on, if it is there. */
  protected abstract get image(): CanvasImageSource | undefined;

  /** Shows people on the image and dispatches the `poses` event. */
  protected present(detail: PosesDetail, label: string): void {
    this.scene = { size: detail, poses: detail.people.map(({ pose }) => pose) };
    this.canvas.setAttribute('role', 'img');
    if (this.canvas.getAttribute('aria-label') !== label) this.canvas.setAttribute('aria-label', label);
    this.draw();
    this.dispatchEvent(new CustomEvent<PosesDetail>('poses', { detail, bubbles: true, composed: true }));
  }

  /** Removes the image. */
  protected clear(): void {
    this.scene = undefined;
    for (const attribute of ['role', 'aria-label', 'style']) this.canvas.removeAttribute(attribute);
  }

  /** Redraws after a change of the image, its size on the page or an attribute. */
  protected draw(): void {
    const { scene, image } = this;
    if (!scene || !image) return;
    const words = (this.getAttribute('show') ?? 'image skeleton').split(/\s+/);
    const shown = new Set(SHOWN.filter((one) => words.includes(one)));
    drawScene(this.canvas, { ...scene, image, mirrored: this.isSet('mirrored'), shown });
  }

  /** Reports an error that no caller awaits: the element shows it instead of the previous image. */
  protected fail(error: unknown): void {
    this.clear();
    this.say({ state: 'failed', message: sentenceOf(error), error });
  }

  protected say(detail: StatusDetail): void {
    this.own = detail;
    this.publish(detail);
  }

  private publish(detail: StatusDetail): void {
    this.said = detail;
    const isProgress = detail !== this.own;
    this.status.setAttribute('aria-live', isProgress ? 'off' : 'polite'); // screen readers do not read out every percent
    if (this.status.textContent !== detail.message) this.status.textContent = detail.message;
    this.status.setAttribute('part', detail.state === 'failed' ? 'status error' : 'status');
    this.dispatchEvent(new CustomEvent<StatusDetail>('statuschange', { detail, bubbles: true, composed: true }));
  }

  private get busy(): boolean {
    return this.own.state === 'starting' || this.own.state === 'running';
  }

  private onEngine(status: Status): void {
    if (!this.busy) return; // the engine is working for another element
    const message = progressOf(status);
    const detail: StatusDetail = message ? { state: 'starting', message } : this.own;
    if (detail !== this.said) this.publish(detail);
  }
}
