import { type RefObject, useLayoutEffect, useRef } from 'react';
import { LINES, TRAILS, type Trails } from '../../app/live/settings';
import { count } from '../../app/shell/format';
import { MAX_FOLLOWED } from '../../pose/followed';
import { useApp } from '../shell/context';
import { SideLegend } from '../shell/SideLegend';
import { Slider } from '../shell/Slider';
import { Threshold } from '../shell/Threshold';
import { useLive, useLiveState } from './context';
import { PickVideo } from './PickVideo';
import { copyLink } from './useLink';

function CameraChoice() {
  const { live } = useLive();
  const cameras = useLiveState((state) => state.cameras);
  const camera = useLiveState((state) => state.camera);
  const facing = useLiveState((state) => state.facing);
  const isVideo = useLiveState((state) => state.video !== undefined);
  if (cameras.length === 0 || isVideo) return null;
  return (
    <>
      <label className="camera-choice">
        Camera
        <select value={camera} onChange={({ target }) => void live.chooseCamera(target.value)}>
          {cameras.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {facing && cameras.length > 1 && (
        <button type="button" onClick={() => void live.flipCamera()}>
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
  const { live } = useLive();
  const trails = useLiveState((state) => state.trails);
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

/** The resolution to request from the camera, and the actual one where it differs. */
function SizeChoice() {
  const { live } = useLive();
  const lines = useLiveState((state) => state.lines);
  const given = useLiveState(({ width, height }) => Math.min(width, height)); // for a phone held upright, the width
  const isVideo = useLiveState((state) => state.video !== undefined);
  const running = useLiveState((state) => state.phase === 'running');
  if (isVideo) return null;
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
      {running && given !== lines && <span className="hint">actual: {given}p</span>}
    </label>
  );
}

/** Shown while the followed person is out of view. When it disappears, its focus goes to the list. */
function ShowEverybody({ list }: { list: RefObject<HTMLSelectElement | null> }) {
  const { live } = useLive();
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const shown = button.current;
    return () => {
      if (document.activeElement === shown) list.current?.focus();
    };
  }, [list]);
  return (
    <button ref={button} type="button" onClick={() => live.follow(undefined)}>
      Show everybody
    </button>
  );
}

/** Whom trails and recordings cover. Shown once there is somebody to choose from, until another source is opened. */
function FollowSelect() {
  const { live } = useLive();
  const followed = useLiveState((state) => state.followed);
  const lost = useLiveState((state) => state.lost);
  const tooMany = useLiveState((state) => state.tooMany);
  const several = useLiveState((state) => state.several);
  const known = useLiveState((state) => state.known.join(' ')) // one string for the same people, so that the list is not rendered with every frame
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const list = useRef<HTMLSelectElement>(null);
  if (!several && followed === undefined) return null;
  const ids = followed === undefined || known.includes(followed) ? known : [...known, followed];
  return (
    <>
      <label className="camera-choice">
        Follow
        <select
          ref={list}
          value={followed ?? ''}
          onChange={({ target }) => live.follow(target.value === '' ? undefined : Number(target.value))}
        >
          <option value="">everybody</option>
          {ids.map((id) => (
            <option key={id} value={id}>
              person {id}
            </option>
          ))}
        </select>
      </label>
      {lost && <ShowEverybody list={list} />}
      {tooMany > 0 && (
        <span className="hint">
          {count(tooMany, 'more person', 'more people')} in view; posecade follows at most {MAX_FOLLOWED}
        </span>
      )}
    </>
  );
}

/** A link to this screen with its settings. */
function CopyLink() {
  const { store } = useApp();
  const { live } = useLive();
  return (
    <button type="button" onClick={() => void copyLink(store, live)}>
      Copy link
    </button>
  );
}

/** Stop, which camera or video, and what is drawn over it. */
export function LiveToolbar() {
  const { live } = useLive();
  const isVideo = useLiveState((state) => state.video !== undefined);
  const mirrored = useLiveState((state) => state.mirrored);
  const heat = useLiveState((state) => state.heat);
  const smoothing = useLiveState((state) => state.smoothing);
  return (
    <div className="toolbar">
      <button type="button" data-switch onClick={live.stop}>
        {isVideo ? 'Close video' : 'Stop camera'}
      </button>
      <CameraChoice />
      <SizeChoice />
      <PickVideo>{isVideo ? 'Open another video' : 'Open video'}</PickVideo>
      <CopyLink />
      <div className="toolbar-row">
        <label className="check">
          <input type="checkbox" checked={mirrored} onChange={({ target }) => live.set({ mirrored: target.checked })} />
          Mirror
        </label>
        <label className="check">
          <input type="checkbox" checked={heat} onChange={({ target }) => live.set({ heat: target.checked })} />
          Heat maps
        </label>
        <TrailChoice />
        <FollowSelect />
        <SideLegend />
      </div>
      <div className="toolbar-row">
        <Slider
          label="Smoothing"
          text={smoothing === 0 ? 'off' : `${Math.round(smoothing * 100)}%`}
          value={smoothing}
          max={1}
          step={0.1}
          onChange={(value) => live.set({ smoothing: value })}
        />
        <Threshold />
      </div>
    </div>
  );
}
