import { useApp, useAppState } from '../context';
import { SideLegend } from '../SideLegend';
import { Threshold } from '../Threshold';
import { PickVideo } from './PickVideo';

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
      <PickVideo>{film ? 'Another video' : 'Open a video'}</PickVideo>
      <label className="check">
        <input type="checkbox" checked={mirrored} onChange={({ target }) => live.set({ mirrored: target.checked })} />
        Mirrored
      </label>
      <label className="check">
        <input type="checkbox" checked={heat} onChange={({ target }) => live.set({ heat: target.checked })} />
        Heat-maps
      </label>
      <label className="slider">
        Smoothing <output>{smoothing === 0 ? 'off' : `${Math.round(smoothing * 100)}%`}</output>
        <input
          type="range"
          min={0}
          max={1}
          step={0.1}
          value={smoothing}
          onChange={({ target }) => live.set({ smoothing: target.valueAsNumber })}
        />
      </label>
      <Threshold />
      <SideLegend />
    </div>
  );
}
