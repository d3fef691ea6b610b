import { Suspense } from 'react';
import { Boundary } from './Boundary';
import { Footer } from './Footer';
import { Header } from './Header';
import { PageStatus } from './PageStatus';
import { useDropAndPaste } from './useDropAndPaste';
import { useScreen } from './useScreen';

/** The shell around the screens: header with the engine's status, one screen, footer. The screen's name is in the address. */
export function App() {
  const screen = useScreen();
  const dragging = useDropAndPaste(screen);
  return (
    <>
      <a className="skip" href={`#${screen.name}`}>
        Skip to the {screen.content}
      </a>
      <Header screen={screen} />
      <PageStatus />
      <main id={screen.name} tabIndex={-1} data-dragging={dragging || undefined}>
        <Boundary key={screen.name}>
          <Suspense fallback={<p className="hint loading">Loading…</p>}>
            <screen.Component />
          </Suspense>
        </Boundary>
      </main>
      {dragging && (
        <div className="veil" aria-hidden="true">
          <p>{screen.dropHint}</p>
        </div>
      )}
      <Footer />
    </>
  );
}
