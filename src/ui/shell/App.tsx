import type { ReactNode } from 'react';
import type { Screen } from '../../app/shell/store';
import { AnnotateScreen } from '../annotate/AnnotateScreen';
import { LiveScreen } from '../live/LiveScreen';
import { PhotoScreen } from '../photo/PhotoScreen';
import { Footer } from './Footer';
import { Header } from './Header';
import { useDropAndPaste } from './useDropAndPaste';
import { useScreen } from './useScreen';

/** What the middle of the screen is, and what a drop anywhere brings. */
const WORDS: Record<Screen, { readonly main: string; readonly drop: string }> = {
  photo: { main: 'photograph', drop: 'Drop the photograph or the video anywhere' },
  live: { main: 'camera', drop: 'Drop the photograph or the video anywhere' },
  annotate: { main: 'images', drop: 'Drop images, folders or a zip anywhere' },
};

const SCREENS: Record<Screen, () => ReactNode> = { photo: PhotoScreen, live: LiveScreen, annotate: AnnotateScreen };

/** The shell round the screens: header with the engine's status, one screen, footer. The screen's name is its place in the address. */
export function App() {
  const screen = useScreen();
  const dragging = useDropAndPaste(screen);
  const Shown = SCREENS[screen];
  return (
    <>
      <a className="skip" href={`#${screen}`}>
        Skip to the {WORDS[screen].main}
      </a>
      <Header screen={screen} />
      <main id={screen} tabIndex={-1} data-dragging={dragging || undefined}>
        <Shown />
      </main>
      {dragging && (
        <div className="veil" aria-hidden="true">
          <p>{WORDS[screen].drop}</p>
        </div>
      )}
      <Footer />
    </>
  );
}
