import { LINES, TRAILS, type Trails } from '../../app/live/settings';
import { useApp, useAppState } from '../shell/context';
import { SideLegend } from '../shell/SideLegend';
import { Slider } from '../shell/Slider';
import { Threshold } from '../shell/Threshold';
import { PickVideo } from './PickVideo';
import { copyLink } from './useLink';

function CameraChoice() {
  const { live } = useApp();
  const cameras = useAppState((state) => state.live.cameras);
  const camera = useAppState((state) => state.live.camera);
  const facing = useAppState((state) => state.live.facing);
  const film = useAppState((state) => state.live.film !== undefined);
  if (cameras.length === 0 || film) return null;
  return (
    <>
      <label className="camera-choice">
        Camera
        <select value={camera} onChange={({ target }) => void live.choose(target.value)}>
          {cameras.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {facing && cameras.length > 1 && (
        <button type="button" onClick={() => void live.turn()}>
          {facing === 'user' ? 'Back camera' : 'Front camera'}
        </button>
      )}
    </>
  );
}

const TRAIL_NAMES: Readonly<Record<Trails, string>> = {
  off: 'off',
  wrists: 'wrists',
  ankles: 'ankles',
  both: 'wrists and ankles',
};

function TrailChoice() {
  const { live } = useApp();
  const trails = useAppState((state) => state.live.trails);
  return (
    <label className="camera-choice">
      Trails
      <select
        value={trails}
        onChange={({ target }) => live.set({ trails: TRAILS.find((known) => known === target.value) ?? 'off' })}
      >
        {TRAILS.map((known) => (
          <option key={known} value={known}>
            {TRAIL_NAMES[known]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which size is asked of the camera. What it gives stands in the panel. */
function SizeChoice() {
  const { live } = useApp();
  const lines = useAppState((state) => state.live.lines);
  const given = useAppState((state) => state.live.height);
  const film = useAppState((state) => state.live.film !== undefined);
  const running = useAppState((state) => state.live.phase === 'running');
  if (film) return null;
  const choose = (value: string) => {
    const wanted = LINES.find((known) => String(known) === value);
    if (wanted) live.set({ lines: wanted });
  };
  return (
    <label className="camera-choice">
      Resolution
      <select value={lines} onChange={({ target }) => choose(target.value)}>
        {LINES.map((known) => (
          <option key={known} value={known}>
            {known}p
          </option>
        ))}
      </select>
      {running && given !== lines && <span className="hint">gives {given}p</span>}
    </label>
  );
}

/** A link to this screen with its settings. */
function CopyLink() {
  const parts = useApp();
  return (
    <button type="button" onClick={() => void copyLink(parts)}>
      Copy link
    </button>
  );
}

/** Stop, which camera or video, and what is drawn over its picture. */
export function LiveToolbar() {
  const { live } = useApp();
  const film = useAppState((state) => state.live.film !== undefined);
  const mirrored = useAppState((state) => state.live.mirrored);
  const heat = useAppState((state) => state.live.heat);
  const smoothing = useAppState((state) => state.live.smoothing);
  return (
    <div className="toolbar">
      <button type="button" data-switch onClick={live.stop}>
        {film ? 'Close the video' : 'Stop the camera'}
      </button>
      <CameraChoice />
      <SizeChoice />
      <PickVideo>{film ? 'Another video' : 'Open a video'}</PickVideo>
      <label className="check">
        <input type="checkbox" checked={mirrored} onChange={({ target }) => live.set({ mirrored: target.checked })} />
        Mirrored
      </label>
      <label className="check">
        <input type="checkbox" checked={heat} onChange={({ target }) => live.set({ heat: target.checked })} />
        Heat-maps
      </label>
      <TrailChoice />
      <Slider
        label="Smoothing"
        text={smoothing === 0 ? 'off' : `${Math.round(smoothing * 100)}%`}
        value={smoothing}
        max={1}
        step={0.1}
        onChange={(value) => live.set({ smoothing: value })}
      />
      <Threshold />
      <SideLegend />
      <CopyLink />
    </div>
  );
}
