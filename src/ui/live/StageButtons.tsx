import { type RefObject, useSyncExternalStore } from 'react';
import { useApp } from '../context';
import { save } from '../save';
import { snapshot } from './painter';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** Full screen (where the browser has it) and a picture to keep. */
export function StageButtons({
  frame,
  video,
}: {
  frame: RefObject<HTMLDivElement | null>;
  video: RefObject<HTMLVideoElement | null>;
}) {
  const { store } = useApp();
  const full = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  const toggle = async () => {
    try {
      await (full ? document.exitFullscreen() : frame.current?.requestFullscreen());
    } catch {
      store.setState({ message: 'The browser did not allow full screen.' });
    }
  };
  const keep = async () => {
    if (!video.current) return;
    const name = `posecade ${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.png`;
    save(name, await snapshot(video.current, store.getState()));
    store.setState({ message: `${name} saved.` });
  };
  return (
    <div className="row">
      {document.fullscreenEnabled && (
        <button type="button" onClick={() => void toggle()}>
          {full ? 'Leave full screen' : 'Full screen'}
        </button>
      )}
      <button type="button" onClick={() => void keep()}>
        Save a picture
      </button>
    </div>
  );
}
