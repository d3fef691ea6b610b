import { type RefObject, useSyncExternalStore } from 'react';
import type { LiveState } from '../../app/shell/store';
import { clock, megabytes, stamp } from '../../app/shell/summary';
import { useApp, useAppState } from '../shell/context';
import { save } from '../shell/save';
import { useShortcuts } from '../shell/useShortcuts';
import { snapshot } from './painter';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** The encoder gives its first bytes late. */
function lengthOf({ seconds, bytes }: NonNullable<LiveState['recording']>): string {
  const time = clock(seconds).slice(0, -3);
  return bytes > 0 ? `${time} · ${megabytes(bytes)}` : time;
}

/** Full screen (where the browser has it), and pictures to keep: one, or a film. */
export function StageButtons({
  frame,
  video,
}: {
  frame: RefObject<HTMLDivElement | null>;
  video: RefObject<HTMLVideoElement | null>;
}) {
  const { store, videoRecorder } = useApp();
  const recording = useAppState((state) => state.live.recording);
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
    const name = `posecade ${stamp()}.png`;
    save(name, await snapshot(video.current, store.getState()));
    store.setState({ message: `${name} saved.` });
  };
  useShortcuts('live', {
    'live.full': () => void toggle(),
    'live.picture': () => void keep(),
    'live.record': videoRecorder.toggle,
  });
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
      <button type="button" className="record" aria-pressed={recording !== undefined} onClick={videoRecorder.toggle}>
        {recording ? `Stop recording · ${lengthOf(recording)}` : 'Record video'}
      </button>
    </div>
  );
}
