import { type CSSProperties, type MouseEvent, useEffect, useRef } from 'react';
import { Announcement } from '../shell/Announcement';
import { useApp } from '../shell/context';
import { pointIn } from '../shell/view-input';
import { useLive, useLiveState } from './context';
import { compose, imagePointAt, paintLive } from './painter';
import { useFullScreen } from './useFullScreen';
import { VideoControls } from './VideoControls';
import { ViewerButtons } from './ViewerButtons';

/** The camera or the video with the joints over it. Frames never go through React. */
export function LiveViewer() {
  const { store } = useApp();
  const { live, videoRecorder, jointRecorder } = useLive();
  const width = useLiveState((state) => state.width);
  const height = useLiveState((state) => state.height);
  const mirrored = useLiveState((state) => state.mirrored);
  const waiting = useLiveState((state) => state.phase !== 'running');
  const nobody = useLiveState(({ phase, nobody }) => phase === 'running' && nobody);
  const lost = useLiveState((state) => (state.lost ? state.followed : undefined));
  const isVideo = useLiveState((state) => state.video !== undefined);
  const full = useFullScreen();
  const frame = useRef<HTMLDivElement>(null);
  const viewer = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (!video.current || !overlay.current) return;
    viewer.current?.scrollIntoView({ block: 'nearest' });
    const shown = video.current;
    const detach = live.attach(shown);
    const stopPainting = paintLive(overlay.current, store, live);
    const leave = videoRecorder.attach({
      video: shown,
      compose: (canvas) => compose(shown, canvas, live.store.getState(), store.getState().threshold),
    });
    return () => {
      leave();
      jointRecorder.stop();
      stopPainting();
      detach();
    };
  }, [store, live, videoRecorder, jointRecorder]);

  /** A click follows only the person there; where nobody is, it shows everybody. The toolbar offers the same by keyboard. */
  function choose(event: MouseEvent<HTMLCanvasElement>): void {
    const { currentTarget: canvas } = event;
    live.followAt(imagePointAt(canvas, pointIn(canvas, event), live.store.getState()));
  }

  return (
    <div ref={frame} className="viewer-frame">
      {full && <Announcement />}
      <div
        ref={viewer}
        className="viewer viewer-live"
        data-mirrored={mirrored || undefined}
        style={{ '--ratio': width / height, aspectRatio: `${width} / ${height}` } as CSSProperties}
      >
        <video ref={video} className="layer" muted playsInline aria-label={isVideo ? 'Video' : 'Camera'} />
        <canvas ref={overlay} className="layer overlay" data-testid="overlay" role="img" aria-label="Joints" onClick={choose} />
        {waiting && <div className="scan" aria-hidden="true" />}
        <p className="viewer-note" role="status">
          {lost === undefined
            ? nobody && 'Nobody in view'
            : `Person ${lost} is out of view. Click somebody else to follow them, or choose from the Follow list.`}
        </p>
      </div>
      <VideoControls />
      <ViewerButtons frame={frame} video={video} />
    </div>
  );
}
