import { clock } from '../../app/shell/format';
import { useLive, useLiveState } from './context';

/** Play, seek, step and loop, for a video file. */
export function VideoControls() {
  const { player } = useLive().live;
  const video = useLiveState((state) => state.video);
  if (!video) return null;
  const { position, duration, playing, loop } = video;
  return (
    <fieldset className="video-controls" aria-label="Playback">
      <button type="button" onClick={player.toggle}>
        {playing ? 'Pause' : 'Play'}
      </button>
      <button type="button" aria-label="Previous frame" onClick={() => player.step(-1, false)}>
        ‹
      </button>
      <button type="button" aria-label="Next frame" onClick={() => player.step(1, false)}>
        ›
      </button>
      <input
        type="range"
        aria-label="Position in the video"
        aria-valuetext={`${clock(position)} of ${clock(duration)}`}
        min={0}
        max={duration}
        step="any"
        value={position}
        onChange={({ target }) => player.seek(target.valueAsNumber)}
      />
      <output aria-live="off">
        {clock(position)} / {clock(duration)}
      </output>
      <label className="check">
        <input type="checkbox" checked={loop} onChange={({ target }) => player.setLoop(target.checked)} />
        Loop
      </label>
    </fieldset>
  );
}
