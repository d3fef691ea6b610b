/** When the elements start and stop, and what they say meanwhile. What they show is tested in a browser (e2e/embed). */
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { openCamera } from '../../source/camera';
import { holdEstimator } from '../shared-estimator';
import type { PoseCamera } from './pose-camera';
import type { PoseElement } from './pose-element';
import type { PoseImage } from './pose-image';

vi.mock('../shared-estimator');
vi.mock('../../source/camera');

/** The part of HTMLElement that the elements use. */
class FakeElement extends EventTarget {
  isConnected = false;
  private readonly attributes = new Map<string, string>();

  attachShadow() {
    return { append: () => undefined };
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
    (this as unknown as PoseImage).attributeChangedCallback(name);
  }
}

/** A canvas, say, in an element. */
const part = () => ({
  setAttribute: () => undefined,
  removeAttribute: () => undefined,
  addEventListener: () => undefined,
});

let elements: { readonly PoseCamera: typeof PoseCamera; readonly PoseImage: typeof PoseImage };
const release = vi.fn();
const fetched = vi.fn(async (_: string, __: { readonly signal: AbortSignal }) => new Response('an image'));
const signalOf = (call: number) => fetched.mock.calls[call]?.[1].signal;

beforeAll(async () => {
  vi.stubGlobal('HTMLElement', FakeElement);
  elements = { ...(await import('./pose-camera')), ...(await import('./pose-image')) };
});

beforeEach(() => {
  vi.stubGlobal('document', { createElement: part });
  vi.stubGlobal('fetch', fetched.mockClear());
  for (const name of ['CSSStyleSheet', 'ResizeObserver'])
    vi.stubGlobal(
      name,
      class {
        replaceSync = () => undefined;
        observe = () => undefined;
        disconnect = () => undefined;
      },
    );
  vi.mocked(holdEstimator).mockReturnValue({ estimator: new Promise(() => undefined), release: release.mockClear() });
  vi.mocked(openCamera)
    .mockReset()
    .mockReturnValue(new Promise(() => undefined));
});

function connect(element: PoseElement): void {
  Object.assign(element, { isConnected: true });
  element.connectedCallback();
}

function disconnect(element: PoseElement): void {
  Object.assign(element, { isConnected: false });
  element.disconnectedCallback();
}

/** A turn later, when all that follows immediately has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** The states that the element reports from now on. */
function statesOf(element: PoseElement): string[] {
  const states: string[] = [];
  element.addEventListener('statuschange', ({ detail }) => states.push(detail.state));
  return states;
}

it('an image that is moved goes on loading; one that is removed stops, and says so', async () => {
  const image = new elements.PoseImage();
  const states = statesOf(image);
  image.setAttribute('src', 'a.jpg');
  connect(image);
  await settled();
  disconnect(image);
  connect(image);
  await settled();
  expect([fetched.mock.calls.length, signalOf(0)?.aborted, release.mock.calls.length, states]).toEqual([
    1,
    false,
    0,
    ['starting'],
  ]);
  disconnect(image);
  await settled();
  expect([signalOf(0)?.aborted, release.mock.calls.length, states]).toEqual([true, 1, ['starting', 'idle']]);
  connect(image);
  await settled();
  expect(fetched).toHaveBeenCalledTimes(2);
});

it('an image that gets another source while it is moved loads that', async () => {
  const image = new elements.PoseImage();
  image.setAttribute('src', 'a.jpg');
  connect(image);
  await settled();
  disconnect(image);
  image.setAttribute('src', 'b.jpg');
  connect(image);
  await settled();
  expect(fetched.mock.calls.map(([address]) => address)).toEqual(['a.jpg', 'b.jpg']);
  expect(signalOf(0)?.aborted).toBe(true);
});

it('a camera that is moved stays on; one that is removed is turned off, and says so', async () => {
  const camera = new elements.PoseCamera();
  const states = statesOf(camera);
  camera.setAttribute('autostart', '');
  connect(camera);
  disconnect(camera);
  connect(camera);
  await settled();
  const [[signal] = []] = vi.mocked(openCamera).mock.calls;
  expect([signal?.aborted, states]).toEqual([false, ['starting']]);
  disconnect(camera);
  await settled();
  expect([signal?.aborted, states]).toEqual([true, ['starting', 'idle']]);
  expect(openCamera).toHaveBeenCalledOnce();
});

it.each([
  ['', 1],
  ['true', 1],
  ['autostart', 1],
  ['false', 0],
])('autostart="%s" starts %i cameras', (value, started) => {
  const camera = new elements.PoseCamera();
  camera.setAttribute('autostart', value);
  connect(camera);
  expect(openCamera).toHaveBeenCalledTimes(started);
});

it('types the events of the elements', () => {
  const listen = (camera: PoseCamera) => {
    camera.addEventListener('poses', ({ detail, target }) => [detail.people.map(({ pose }) => pose), target]);
    camera.addEventListener('click', ({ clientX }) => clientX);
    camera.addEventListener('anything', () => undefined);
    // @ts-expect-error: the detail of the other event
    camera.removeEventListener('statuschange', ({ detail }) => detail.people);
  };
  expect(listen).toBeTypeOf('function');
});
