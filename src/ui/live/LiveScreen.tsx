import { useEffect, useRef } from 'react';
import type { Trails } from '../../app/live/settings';
import { Announcement } from '../shell/Announcement';
import { useApp, useAppState } from '../shell/context';
import { Model } from '../shell/Numbers';
import { useShortcuts } from '../shell/useShortcuts';
import { JointSeries } from './JointSeries';
import { LiveNumbers } from './LiveNumbers';
import { LiveStage } from './LiveStage';
import { LiveToolbar } from './LiveToolbar';
import { PickVideo } from './PickVideo';
import { copyLink, useLink } from './useLink';

function Welcome() {
  const { live } = useApp();
  const asking = useAppState((state) => state.live.phase === 'asking');
  return (
    <section className="drop" aria-labelledby="live-title" aria-busy={asking}>
      <h2 id="live-title">See your joints while you move</h2>
      <p>
        The cascade follows one person before the camera, or in a video file. The pictures stay in this tab: none is kept, none is
        sent.
      </p>
      <div className="row">
        <button type="button" className="primary" data-switch aria-disabled={asking} onClick={() => asking || void live.start()}>
          {asking ? 'Waiting for the camera…' : 'Start the camera'}
        </button>
        <PickVideo>Open a video</PickVideo>
      </div>
      <p className="hint">
        {asking
          ? 'If the browser asks whether this page may use the camera, allow it.'
          : 'The browser asks first. The camera is released when you stop or leave this screen. A video can also be dropped anywhere on this page.'}
      </p>
    </section>
  );
}

const NEXT_TRAILS: Readonly<Record<Trails, Trails>> = { off: 'wrists', wrists: 'ankles', ankles: 'both', both: 'off' };

function useLiveKeys() {
  const parts = useApp();
  const { store, live, jointRecorder } = parts;
  const now = () => store.getState().live;
  useShortcuts('live', {
    'live.switch': () => (now().phase === 'off' ? void live.start() : live.stop()),
    'live.play': live.player.toggle,
    'live.back': () => live.player.step(-1),
    'live.on': () => live.player.step(1),
    'live.loop': () => live.player.setLoop(!now().film?.loop),
    'live.joints': jointRecorder.toggle,
    'live.trails': () => live.set({ trails: NEXT_TRAILS[now().trails] }),
    'live.link': () => void copyLink(parts),
    'live.mirror': () => live.set({ mirrored: !now().mirrored }),
    'live.heat': () => live.set({ heat: !now().heat }),
  });
}

/** The screen for the camera. Leaving it releases the camera. */
export function LiveScreen() {
  const { live } = useApp();
  useLiveKeys();
  const on = useAppState(({ live: { phase } }) => phase !== 'off' && phase !== 'asking');
  const film = useAppState((state) => state.live.film !== undefined);
  const screen = useRef<HTMLDivElement>(null);
  const shown = useRef(on);

  useEffect(() => {
    const rest = () => live.setHidden(document.hidden);
    rest();
    document.addEventListener('visibilitychange', rest);
    live.enter();
    return () => {
      document.removeEventListener('visibilitychange', rest);
      live.stop();
    };
  }, [live]);

  useLink();

  // The button that was pressed has gone: the one that undoes it takes its focus.
  useEffect(() => {
    if (shown.current === on) return;
    shown.current = on;
    if (document.activeElement === document.body) screen.current?.querySelector<HTMLElement>('[data-switch]')?.focus();
  }, [on]);

  return (
    <div className="screen" ref={screen}>
      <Announcement />
      {on ? (
        <div className="workspace">
          <section className="workspace-main" aria-label={film ? 'Video' : 'Camera'}>
            <LiveStage />
            <LiveToolbar />
          </section>
          <div className="workspace-side">
            <JointSeries />
            <LiveNumbers />
            <Model />
          </div>
        </div>
      ) : (
        <>
          <Welcome />
          <JointSeries />
        </>
      )}
    </div>
  );
}
