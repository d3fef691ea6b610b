import { untilAborted } from '../../async/until-aborted';
import { evidence } from '../../pose/everybody';
import { openCamera } from '../../source/camera';
import { SourceError } from '../../source/error';
import { playFrames } from '../../source/frames';
import { PoseElement } from './pose-element';
import { countOf, sentenceOf } from './sentences';

/** Height to request from the camera, pixels. */
const LINES = 720;

/**
 * <pose-camera>: the camera's image with the skeletons of everybody in front of it, and a button that starts and stops it. Attributes:
 * autostart, facing (user, environment), smoothing (0 to 1), backend, model-url, detector-url, mirrored, max-people, show.
 */
export class PoseCamera extends PoseElement {
  static readonly observedAttributes = ['mirrored', 'show'];
  private readonly button = document.createElement('button');
  private readonly video = document.createElement('video');
  /** Aborts what the camera is running for; undefined while it is off. */
  private running: AbortController | undefined;

  constructor() {
    super();
    this.button.type = 'button';
    this.button.setAttribute('part', 'button');
    this.button.addEventListener('click', () => (this.running ? this.stop() : this.start()));
    Object.assign(this.video, { muted: true, playsInline: true });
    this.shadowRoot?.append(this.button, this.video);
    this.label();
  }

  attributeChangedCallback(): void {
    this.draw();
  }

  protected mount(): void {
    if (this.isSet('autostart')) this.start();
  }

  protected unmount(): void {
    this.stop();
  }

  protected get image(): CanvasImageSource {
    return this.video;
  }

  /** Opens the camera and follows everybody in front of it until stop(), then resolves. Errors are shown in the element instead of thrown. */
  async start(): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    const { signal } = running;
    this.running = running;
    this.label();
    this.say({ state: 'starting', message: 'Starting the camera' });
    try {
      await this.follow(signal);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    } finally {
      running.abort();
      if (this.running === running) this.running = undefined;
      this.label();
    }
  }

  /** Stops following and releases the camera, whose light goes off. */
  stop(): void {
    if (!this.running) return;
    this.running.abort();
    this.running = undefined;
    this.label();
    this.clear();
    this.say({ state: 'idle', message: '' });
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const facing = this.getAttribute('facing') === 'environment' ? 'environment' : 'user';
    const watched = new AbortController();
    let ready = false;
    let muted = '';
    const report = () => ready && !signal.aborted && this.say({ state: 'running', message: muted });
    const mute = (message: string) => {
      muted = message;
      report();
    };
    const events = {
      onEnded: () => watched.abort(new SourceError('camera-ended')),
      onMute: () => mute(sentenceOf(new SourceError('camera-muted'))),
      onUnmute: () => mute(''),
    };
    const camera = await openCamera(signal, { by: 'facing', facing }, events, LINES);
    signal.addEventListener('abort', () => watched.abort());
    try {
      signal.throwIfAborted();
      playFrames(watched.signal, this.video, camera.stream, () => this.draw());
      const estimator = await untilAborted(watched.signal, this.estimator());
      ready = true;
      report();
      const smoothing = Number.parseFloat(this.getAttribute('smoothing') ?? '');
      for await (const { people, width, height } of estimator.follow(this.video, { signal: watched.signal, smoothing })) {
        const found = people.slice(0, this.maxPeople).map(({ id, pose }) => ({ id, pose, score: evidence(pose) }));
        this.present({ people: found, width, height }, `Camera: ${countOf(found.length)}`);
      }
      watched.signal.throwIfAborted();
    } finally {
      watched.abort();
      camera.stop();
    }
  }

  private label(): void {
    this.button.textContent = this.running ? 'Stop the camera' : 'Start the camera';
  }
}
