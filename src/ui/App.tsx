import { Footer } from './Footer';
import { Header } from './Header';
import { LiveScreen } from './live/LiveScreen';
import { PhotoScreen } from './PhotoScreen';
import { useDropAndPaste } from './useDropAndPaste';
import { useScreen } from './useScreen';

/** The shell round the screens: header with the engine's status, one screen, footer. The screen's name is its place in the address. */
export function App() {
  const screen = useScreen();
  const dragging = useDropAndPaste(screen);
  return (
    <>
      <a className="skip" href={`#${screen}`}>
        Skip to the {screen === 'live' ? 'camera' : 'photograph'}
      </a>
      <Header screen={screen} />
      <main id={screen} tabIndex={-1} data-dragging={dragging || undefined}>
        {screen === 'live' ? <LiveScreen /> : <PhotoScreen />}
      </main>
      {dragging && (
        <div className="veil" aria-hidden="true">
          <p>Drop the photograph or the video anywhere</p>
        </div>
      )}
      <Footer />
    </>
  );
}
