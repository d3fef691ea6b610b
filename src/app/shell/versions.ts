import type { AppStore } from './store';

/** The part of navigator.serviceWorker that is used. */
export type Workers = Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'>;

/**
 * Registers the service worker that caches the page, and reports when a new version is ready: once the user accepts it, it takes over and
 * the page is reloaded. Other tabs, whose version is then gone, offer to reload, too. Private windows may refuse all of this: the page then
 * works online only. Never rejects.
 */
export async function keepVersion(store: AppStore, workers: Workers, address: string, reload: () => void): Promise<void> {
  let current = workers.controller !== null; // a worker that comes after a first one is a new version
  let wanted = false;
  try {
    const registration = await workers.register(address);
    workers.addEventListener('controllerchange', () => {
      if (wanted) reload();
      else if (current) store.setState({ update: reload });
      current = true;
    });
    const offer = (waiting: ServiceWorker | null) => {
      if (!waiting || !workers.controller) return; // the very first version is not an update
      const takeOver = () => {
        wanted = true;
        waiting.postMessage('take-over');
      };
      store.setState({ update: takeOver });
    };
    const watched = new WeakSet<ServiceWorker>();
    const watch = () => {
      const next = registration.installing;
      if (!next || watched.has(next)) return;
      watched.add(next);
      let installed = false;
      next.addEventListener('statechange', () => {
        if (next.state === 'redundant' && !installed)
          console.info(
            'posecade: this version was not stored for offline use: a file could not be fetched or stored, or is not as built',
          );
        installed ||= next.state === 'installed';
        if (next.state === 'installed') offer(next);
      });
    };
    offer(registration.waiting);
    watch(); // an update that another tab has already begun to fetch
    registration.addEventListener('updatefound', watch);
  } catch (error) {
    console.info('posecade:', error);
  }
}
