import type { AppStore } from './store';

/** The part of navigator.serviceWorker that is used. */
export type Workers = Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'>;

/**
 * Registers the service worker that keeps the page, and says when it has a new version of it ready: that one takes over, and the page is
 * loaded anew, when the user wants it. Other tabs, whose version is gone then, offer to be loaded anew, too. Private windows may refuse it
 * all: then the page works online only. Never rejects.
 */
export async function keepVersion(store: AppStore, workers: Workers, address: string, reload: () => void): Promise<void> {
  let current = workers.controller !== null; // what comes after a first version is a new one
  let wanted = false;
  try {
    const registration = await workers.register(address);
    workers.addEventListener('controllerchange', () => {
      if (wanted) reload();
      else if (current) store.setState({ update: reload });
      current = true;
    });
    const offer = (waiting: ServiceWorker | null) => {
      if (!waiting || !workers.controller) return; // the first version is no new one
      const takeOver = () => {
        wanted = true;
        waiting.postMessage('take-over');
      };
      store.setState({ update: takeOver });
    };
    const watch = () => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => next.state === 'installed' && offer(next));
    };
    offer(registration.waiting);
    watch(); // one whose files another tab began to fetch
    registration.addEventListener('updatefound', watch);
  } catch (error) {
    console.info('posecade:', error);
  }
}
