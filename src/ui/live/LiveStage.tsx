import { type CSSProperties, useEffect, useRef } from 'react';
import { useApp, useAppState } from '../shell/context';
import { FilmControls } from './FilmControls';
import { compose, paintLive } from './painter';
import { StageButtons } from './StageButtons';

/** The camera's picture with the joints over it. The frames never go through React. */
export function LiveStage() {
  const parts = useApp();
  const width = useAppState((state) => state.live.width);
  const height = useAppState((state) => state.live.height);
  const mirrored = useAppState((state) => state.live.mirrored);
  const waiting = useAppState((state) => state.live.phase !== 'running');
  const nobody = useAppState(({ live: { phase, nobody } }) => phase === 'running' && nobody);
  const film = useAppState((state) => state.live.film !== undefined);
  const frame = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (!video.current || !overlay.current) return;
    stage.current?.scrollIntoView({ block: 'nearest' });
    const shown = video.current;
    const detach = parts.live.attach(shown);
    const stopPainting = paintLive(overlay.current, parts);
    const leave = parts.videoRecorder.attach({
      video: shown,
      compose: (canvas, state) => compose(shown, canvas, state),
    });
    return () => {
      leave();
      parts.jointRecorder.stop();
      stopPainting();
      detach();
    };
  }, [parts]);

  return (
    <div ref={frame} className="stage-frame">
      <div
        ref={stage}
        className="stage stage-live"
        data-mirrored={mirrored || undefined}
        style={{ '--ratio': width / height, aspectRatio: `${width} / ${height}` } as CSSProperties}
      >
        <video
          ref={video}
          className="layer"
          muted
          playsInline
          aria-label={film ? 'Picture of the video' : 'Picture of the camera'}
        />
        <canvas ref={overlay} className="layer overlay" data-testid="overlay" role="img" aria-label="Joints of the person" />
        {waiting && <div className="scan" aria-hidden="true" />}
        <p className="stage-note" role="status">
          {nobody && 'Nobody in view'}
        </p>
      </div>
      <FilmControls />
      <StageButtons frame={frame} video={video} />
    </div>
  );
}
