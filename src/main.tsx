import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startEngine } from './app/shell/engine';
import { createKeyBindings } from './app/shell/key-bindings';
import { report } from './app/shell/report';
import { retry } from './app/shell/retry';
import { createAppStore } from './app/shell/store';
import { keepVersion } from './app/shell/versions';
import { createEstimator } from './engine/client';
import { CASCADE_FOLDER, DETECTOR_FOLDER } from './engine/models';
import type { InitParams } from './engine/protocol';
import { preload, SCREENS } from './screens';
import { SourceError } from './source/error';
import { readBackIsNoise } from './source/readback';
import { App } from './ui/shell/App';
import { Boundary } from './ui/shell/Boundary';
import { AppProvider } from './ui/shell/context';
import { createScreens } from './ui/shell/screens';
import './ui/styles/index.css';

/** ?backend=wasm or ?backend=webgpu requests a backend; anything else leaves the choice to the engine. */
function backendFromAddress(): InitParams['backend'] {
  const backend = new URLSearchParams(window.location.search).get('backend');
  return backend === 'webgpu' || backend === 'wasm' ? backend : 'auto';
}

const beside = (path: string) => new URL(`${import.meta.env.BASE_URL}${path}`, document.baseURI).href;

const store = createAppStore();
const samplesUrl = beside('samples/');
const engine = startEngine(store, createEstimator, {
  backend: backendFromAddress(),
  model: { contract: beside(`${CASCADE_FOLDER}contract.json`) },
  detector: { contract: beside(`${DETECTOR_FOLDER}contract.json`) },
});
const screens = createScreens(SCREENS, { store, engine, samplesUrl });
const keyBindings = createKeyBindings(SCREENS.map(({ shortcuts }) => shortcuts));

// An event without an error object is not ours, but a browser extension's or the browser's own "ResizeObserver loop".
window.addEventListener('error', ({ error }) => error && store.setState({ notice: report(error) }));
window.addEventListener('unhandledrejection', ({ reason }) => store.setState({ notice: report(reason) }));
// A hidden page may never be shown again: phones discard it without notice.
const flush = () => {
  for (const screen of screens.loaded()) screen.flush?.();
};
document.addEventListener('visibilitychange', () => document.hidden && flush());
window.addEventListener('pagehide', flush);
const isAtRisk = () => screens.loaded().some((screen) => screen.isAtRisk?.());
window.addEventListener('beforeunload', (event) => isAtRisk() && event.preventDefault());
if (readBackIsNoise()) store.setState({ warning: report(new SourceError('canvas-noise')) });
// In the background, once the first screen works: this tab then stays complete, whatever happens to the server or the network later.
const whenIdle = window.requestIdleCallback ?? ((load: () => void) => setTimeout(load, 1000)); // WebKit lacks it
const started = engine.client().then(
  () => whenIdle(() => void preload()),
  () => undefined, // already reported
);
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const workers = navigator.serviceWorker;
  const keep = () => keepVersion(store, workers, beside('sw.js'), () => window.location.reload());
  // On the first visit it fetches all files of the page, among them those that the engine is waiting for.
  void (workers.controller ? keep() : started.then(keep));
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Boundary>
      <AppProvider parts={{ store, screens, keyBindings, samplesUrl, retry: () => retry(store, engine) }}>
        <App />
      </AppProvider>
    </Boundary>
  </StrictMode>,
);
