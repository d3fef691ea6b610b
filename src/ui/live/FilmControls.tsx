import { clock } from '../../app/shell/summary';
import { useApp, useAppState } from '../shell/context';

/** Play, seek, step and loop: for a video file. */
export function FilmControls() {
  const { player } = useApp().live;
  const film = useAppState((state) => state.live.film);
  if (!film) return null;
  const { position, duration, playing, loop } = film;
  return (
    <fieldset className="film" aria-label="Playback">
      <button type="button" onClick={player.toggle}>
        {playing ? 'Pause' : 'Play'}
      </button>
      <button type="button" aria-label="One frame back" onClick={() => player.step(-1)}>
        ‹
      </button>
      <button type="button" aria-label="One frame on" onClick={() => player.step(1)}>
        ›
      </button>
      <input
        type="range"
        aria-label="Place in the video"
        aria-valuetext={`${clock(position)} of ${clock(duration)}`}
        min={0}
        max={duration}
        step="any"
        value={position}
        onChange={({ target }) => player.seek(target.valueAsNumber)}
      />
      <output>
        {clock(position)} / {clock(duration)}
      </output>
      <label className="check">
        <input type="checkbox" checked={loop} onChange={({ target }) => player.setLoop(target.checked)} />
        Loop
      </label>
    </fieldset>
  );
}
