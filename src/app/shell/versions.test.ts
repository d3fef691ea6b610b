import { afterEach, expect, it, vi } from 'vitest';
import { createAppStore } from './store';
import { keepVersion, type Workers } from './versions';

/** A service worker in the middle of its life cycle. */
class FakeWorker extends EventTarget {
  state = 'installing';
  readonly postMessage = vi.fn();
}

function browser(controlled: boolean) {
  const registration = Object.assign(new EventTarget(), {
    waiting: null as FakeWorker | null,
    installing: null as FakeWorker | null,
  });
  const workers = Object.assign(new EventTarget(), {
    controller: controlled ? new FakeWorker() : null,
    register: async () => registration,
  });
  const install = () => {
    const worker = new FakeWorker();
    registration.installing = worker;
    registration.dispatchEvent(new Event('updatefound'));
    worker.state = 'installed';
    worker.dispatchEvent(new Event('statechange'));
    return worker;
  };
  return { workers: workers as unknown as Workers, dispatch: workers.dispatchEvent.bind(workers), install, registration };
}

afterEach(() => vi.restoreAllMocks());

it('offers a new version, and switches to it when the user accepts', async () => {
  const store = createAppStore();
  const reload = vi.fn();
  const { workers, dispatch, install } = browser(true);
  await keepVersion(store, workers, 'sw.js', reload);
  expect(store.getState().update).toBeUndefined();
  const worker = install();
  store.getState().update?.();
  expect(worker.postMessage).toHaveBeenCalledWith('take-over');
  expect(reload).not.toHaveBeenCalled();
  dispatch(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledOnce();
});

it('offers to reload a tab whose version was replaced from another tab', async () => {
  const store = createAppStore();
  const reload = vi.fn();
  const { workers, dispatch, install } = browser(true);
  await keepVersion(store, workers, 'sw.js', reload);
  const worker = install();
  dispatch(new Event('controllerchange'));
  expect(reload).not.toHaveBeenCalled();
  store.getState().update?.();
  expect(reload).toHaveBeenCalledOnce();
  expect(worker.postMessage).not.toHaveBeenCalled();
});

it('does not offer the first version as a new one', async () => {
  const store = createAppStore();
  const { workers, dispatch, install } = browser(false);
  await keepVersion(store, workers, 'sw.js', vi.fn());
  install();
  dispatch(new Event('controllerchange')); // it takes over this tab, too
  expect(store.getState().update).toBeUndefined();
});

it('does not reject in a browser that refuses service workers', async () => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  const refusing = { ...browser(false).workers, register: () => Promise.reject(new DOMException('no', 'SecurityError')) };
  await expect(keepVersion(createAppStore(), refusing, 'sw.js', vi.fn())).resolves.toBeUndefined();
});

it('offers a version that another tab has already begun to fetch', async () => {
  const store = createAppStore();
  const { workers, registration } = browser(true);
  const worker = new FakeWorker();
  registration.installing = worker;
  await keepVersion(store, workers, 'sw.js', vi.fn());
  expect(store.getState().update).toBeUndefined();
  worker.state = 'installed';
  worker.dispatchEvent(new Event('statechange'));
  expect(store.getState().update).toBeDefined();
});

it('says on the console that a version cannot be kept', async () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const { workers, registration } = browser(false);
  await keepVersion(createAppStore(), workers, 'sw.js', vi.fn());
  const worker = new FakeWorker();
  registration.installing = worker;
  registration.dispatchEvent(new Event('updatefound'));
  worker.state = 'redundant';
  worker.dispatchEvent(new Event('statechange'));
  expect(info).toHaveBeenCalledWith(expect.stringContaining('not stored for offline use'));
});
