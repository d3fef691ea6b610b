import { Footer } from './Footer';
import { Header } from './Header';
import { PhotoScreen } from './PhotoScreen';

/** The shell round the screens: header with the engine's status, one screen, footer. */
export function App() {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the photograph
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <PhotoScreen />
      </main>
      <Footer />
    </>
  );
}
