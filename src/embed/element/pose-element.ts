import type { Status } from '../../engine/protocol';
import type { Pose } from '../../pose/pose';
import { countOrAll } from '../limits';
import type { PoseEstimator } from '../pose-estimator';
import { holdEstimator, type Lease } from '../shared-estimator';
import { progressOf, sentenceOf } from './sentences';
import { drawScene, type Scene, type Shown } from './view';

/** Detail of the event `poses`. */
export interface PosesDetail {
  /** In pixels of the image; id: in a video, and stays theirs. */
  readonly people: readonly { readonly id?: number; readonly pose: Pose; readonly score: number }[];
  readonly width: number;
  readonly height: number;
}

/** Detail of the event `statuschange`. */
export interface StatusDetail {
  readonly state: 'idle' | 'starting' | 'running' | 'failed';
  /** What the element says; empty: nothing. */
  readonly message: string;
  /** With failed: an EngineError, a SourceError, or what the browser threw. */
  readonly error?: unknown;
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

/** Where there are no elements, on a server, the module can be loaded all the same. */
const Element = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const SHOWN: readonly Shown[] = ['image', 'skeleton', 'boxes'];

/** What both elements have: the engine, the canvas, the status. */
export abstract class PoseElement extends Element {
  protected readonly canvas = document.createElement('canvas');
  private readonly status = document.createElement('p');
  private readonly resized = new ResizeObserver(() => this.draw());
  private scene: Pick<Scene, 'image' | 'size' | 'poses'> | undefined;
  private lease: Lease | undefined;
  /** What the element itself does. */
  private own: StatusDetail = { state: 'idle', message: '' };
  /** What it says: that, or the engine's progress meanwhile. */
  private said: StatusDetail | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet(); // no <style>, which a strict policy refuses
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    this.canvas.setAttribute('part', 'canvas');
    this.status.setAttribute('role', 'status');
    this.status.setAttribute('part', 'status');
    root.append(this.canvas, this.status);
  }

  connectedCallback(): void {
    this.resized.observe(this.canvas);
  }

  disconnectedCallback(): void {
    this.resized.disconnect();
    this.release();
  }

  /** At most so many people, by the attribute max-people; all of them where it is no count. */
  protected get maxPeople(): number {
    return countOrAll(Number(this.getAttribute('max-people') || Number.NaN));
  }

  /**
   * The page's engine, as the attributes backend, model-url and detector-url choose it now; a new one where that has failed. Rejects with an
   * EngineError.
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

  /** Shows people, and dispatches the event `poses`. */
  protected show(image: CanvasImageSource, detail: PosesDetail, label: string): void {
    this.scene = { image, size: detail, poses: detail.people.map(({ pose }) => pose) };
    this.canvas.setAttribute('role', 'img');
    if (this.canvas.getAttribute('aria-label') !== label) this.canvas.setAttribute('aria-label', label);
    this.draw();
    this.dispatchEvent(new CustomEvent<PosesDetail>('poses', { detail, bubbles: true, composed: true }));
  }

  /** Takes the image away. */
  protected clear(): void {
    this.scene = undefined;
    for (const attribute of ['role', 'aria-label', 'style']) this.canvas.removeAttribute(attribute);
  }

  /** Once more: the image has changed, or its place on the page, or an attribute. */
  protected draw(): void {
    if (!this.scene) return;
    const words = (this.getAttribute('show') ?? 'image skeleton').split(/\s+/);
    const shown = new Set(SHOWN.filter((one) => words.includes(one)));
    drawScene(this.canvas, { ...this.scene, mirrored: this.hasAttribute('mirrored'), shown });
  }

  /** Reports an error that no caller waits for: the element shows it, in place of what was there before. */
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
    if (this.status.textContent !== detail.message) this.status.textContent = detail.message;
    this.status.setAttribute('part', detail.state === 'failed' ? 'status error' : 'status');
    if (this.isConnected)
      this.dispatchEvent(new CustomEvent<StatusDetail>('statuschange', { detail, bubbles: true, composed: true }));
  }

  private onEngine(status: Status): void {
    if (this.own.state === 'idle' || this.own.state === 'failed') return; // another element's work
    const message = progressOf(status);
    const detail: StatusDetail = message ? { state: 'starting', message } : this.own;
    if (detail !== this.said) this.publish(detail);
  }
}
