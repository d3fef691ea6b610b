import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAnnotate } from './app/annotate/annotate';
import { createJointRecorder } from './app/live/joint-recorder';
import { createLive } from './app/live/live';
import { createVideoRecorder } from './app/live/video-recorder';
import { createReview } from './app/photo/review';
import { startEngine } from './app/shell/engine';
import { report } from './app/shell/report';
import { retry } from './app/shell/retry';
import { createShortcuts } from './app/shell/shortcuts';
import { createAppStore } from './app/shell/store';
import { createEstimator } from './engine/client';
import type { InitParams } from './engine/protocol';
import { App } from './ui/shell/App';
import { Boundary } from './ui/shell/Boundary';
import { AppProvider } from './ui/shell/context';
import { save } from './ui/shell/save';
import './ui/styles/index.css';

/** ?backend=wasm or ?backend=webgpu asks for one; anything else leaves the choice to the engine. */
function backendFromAddress(): InitParams['backend'] {
  const asked = new URLSearchParams(window.location.search).get('backend');
  return asked === 'webgpu' || asked === 'wasm' ? asked : 'auto';
}

const folder = (path: string) => new URL(`${import.meta.env.BASE_URL}${path}`, document.baseURI).href;

const store = createAppStore();
const samplesUrl = folder('samples/');
const engine = startEngine(store, createEstimator, { backend: backendFromAddress(), modelUrl: folder('models/cascade/') });
const review = createReview(store, engine, samplesUrl);
const live = createLive(store, engine);
const annotate = createAnnotate(store, engine, samplesUrl);
const videoRecorder = createVideoRecorder(store, save);
const jointRecorder = createJointRecorder(store, save, (question) => window.confirm(question));
const shortcuts = createShortcuts(() => window.localStorage);

// Without an error object it is none of ours: a browser extension's, or "ResizeObserver loop" of the browser itself.
window.addEventListener('error', ({ error }) => error && store.setState({ notice: report(error) }));
window.addEventListener('unhandledrejection', ({ reason }) => store.setState({ notice: report(reason) }));
// A page that is hidden may never be shown again: phones end it without a word.
const flush = () => void annotate.session()?.flush();
document.addEventListener('visibilitychange', () => document.hidden && flush());
window.addEventListener('pagehide', flush);
const isAtRisk = () => [annotate.session(), videoRecorder, jointRecorder].some((part) => part?.atRisk);
window.addEventListener('beforeunload', (event) => isAtRisk() && event.preventDefault());
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Private windows may refuse it: then the page works online only.
  navigator.serviceWorker.register(folder('sw.js')).catch((error) => console.info('posecade:', error));
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Boundary>
      <AppProvider
        parts={{
          store,
          retry: () => retry(store, engine),
          review,
          live,
          annotate,
          videoRecorder,
          jointRecorder,
          shortcuts,
          samplesUrl,
        }}
      >
        <App />
      </AppProvider>
    </Boundary>
  </StrictMode>,
);
