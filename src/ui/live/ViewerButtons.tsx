import type { RefObject } from 'react';
import { LIVE_SHORTCUTS } from '../../app/live/shortcuts';
import type { LiveState } from '../../app/live/state';
import { clock, megabytes, stamp } from '../../app/shell/format';
import { tell } from '../../app/shell/screen';
import { useApp } from '../shell/context';
import { save } from '../shell/save';
import { useShortcuts } from '../shell/useShortcuts';
import { useLive, useLiveState } from './context';
import { snapshot } from './painter';
import { useFullScreen } from './useFullScreen';

/** Length and size; the encoder's first bytes arrive late. */
function lengthOf({ seconds, bytes }: NonNullable<LiveState['recording']>): string {
  const time = clock(seconds).slice(0, -3);
  return bytes > 0 ? `${time} · ${megabytes(bytes)}` : time;
}

/** Full screen (where the browser supports it), saving an image, and recording video. */
export function ViewerButtons({
  frame,
  video,
}: {
  frame: RefObject<HTMLDivElement | null>;
  video: RefObject<HTMLVideoElement | null>;
}) {
  const { store } = useApp();
  const { live, videoRecorder } = useLive();
  const recording = useLiveState((state) => state.recording);
  const empty = useLiveState((state) => state.phase !== 'running'); // there is no frame yet
  const full = useFullScreen();
  const toggle = async () => {
    try {
      await (full ? document.exitFullscreen() : frame.current?.requestFullscreen());
    } catch {
      tell(store, 'The browser did not allow full screen.');
    }
  };
  const saveImage = async () => {
    if (!video.current || empty) return;
    const name = `posecade ${stamp()}.png`;
    try {
      save(name, await snapshot(video.current, live.store.getState(), store.getState().threshold));
      tell(store, `${name} saved.`);
    } catch {
      tell(store, 'The browser could not make an image of this frame. Try another one.');
    }
  };
  useShortcuts(LIVE_SHORTCUTS, {
    'live.full': () => void toggle(),
    'live.snapshot': () => void saveImage(),
    'live.record': videoRecorder.toggle,
  });
  return (
    <div className="row">
      {document.fullscreenEnabled && (
        <button type="button" onClick={() => void toggle()}>
          {full ? 'Exit full screen' : 'Full screen'}
        </button>
      )}
      <button type="button" aria-disabled={empty} onClick={() => void saveImage()}>
        Save image
      </button>
      <button
        type="button"
        className="record"
        aria-disabled={empty && !recording}
        data-running={recording ? true : undefined}
        onClick={videoRecorder.toggle}
      >
        {recording ? 'Stop recording video' : 'Record video'}
        {recording && <span aria-hidden="true"> · {lengthOf(recording)}</span>}
      </button>
    </div>
  );
}
