import { useEffect, useRef } from 'react';
import type { Trails } from '../../app/live/settings';
import { LIVE_SHORTCUTS } from '../../app/live/shortcuts';
import { Announcement } from '../shell/Announcement';
import { useApp } from '../shell/context';
import { useShortcuts } from '../shell/useShortcuts';
import { useLive, useLiveState } from './context';
import { JointSeries } from './JointSeries';
import { LiveNumbers } from './LiveNumbers';
import { LiveToolbar } from './LiveToolbar';
import { LiveViewer } from './LiveViewer';
import { PickVideo } from './PickVideo';
import { useFullScreen } from './useFullScreen';
import { copyLink, useLink } from './useLink';

function Welcome() {
  const { live } = useLive();
  const asking = useLiveState((state) => state.phase === 'asking');
  return (
    <section className="drop" aria-labelledby="live-title" aria-busy={asking}>
      <h2 id="live-title">See your joints while you move</h2>
      <p>
        Follows up to ten people in front of the camera or in a video file. Frames stay in this tab; nothing is stored or
        uploaded.
      </p>
      <div className="row">
        <button type="button" className="primary" data-switch aria-disabled={asking} onClick={() => asking || void live.start()}>
          {asking ? 'Waiting for the camera…' : 'Start camera'}
        </button>
        <PickVideo>Open video</PickVideo>
      </div>
      <p className="hint">
        {asking ? (
          'If the browser asks, allow this page to use the camera.'
        ) : (
          <>
            Your browser asks for permission first. The camera turns off when you stop or leave this screen.
            <span className="fine-only"> You can also drop a video anywhere.</span>
          </>
        )}
      </p>
    </section>
  );
}

const NEXT_TRAILS: Readonly<Record<Trails, Trails>> = { off: 'wrists', wrists: 'ankles', ankles: 'both', both: 'off' };

function useLiveKeys() {
  const { store } = useApp();
  const { live, jointRecorder } = useLive();
  const now = live.store.getState;
  useShortcuts(LIVE_SHORTCUTS, {
    'live.switch': () => (now().phase === 'off' ? void live.start() : live.stop()),
    'live.play': live.player.toggle,
    'live.back': (_, held) => live.player.step(-1, held),
    'live.on': (_, held) => live.player.step(1, held),
    'live.loop': () => live.player.setLoop(!now().video?.loop),
    'live.joints': jointRecorder.toggle,
    'live.trails': () => live.set({ trails: NEXT_TRAILS[now().trails] }),
    'live.follow': live.followNext,
    'live.link': () => void copyLink(store, live),
    'live.mirror': () => now().phase !== 'off' && live.set({ mirrored: !now().mirrored }),
    'live.heat': () => live.set({ heat: !now().heat }),
  });
}

/** The screen for a camera or a video. Leaving it turns the camera off. */
export function LiveScreen() {
  const { live } = useLive();
  useLiveKeys();
  const on = useLiveState(({ phase }) => phase !== 'off' && phase !== 'asking');
  const isVideo = useLiveState((state) => state.video !== undefined);
  const full = useFullScreen(); // the viewer then shows the messages: nothing else is visible
  const screen = useRef<HTMLDivElement>(null);
  const shown = useRef(on);

  useEffect(() => {
    const update = () => live.setHidden(document.hidden);
    update();
    document.addEventListener('visibilitychange', update);
    live.enter();
    return () => {
      document.removeEventListener('visibilitychange', update);
      live.stop();
    };
  }, [live]);

  useLink();

  // The pressed button is gone: the one that undoes it takes the focus, but on a low window it must not scroll the image away.
  useEffect(() => {
    if (shown.current === on) return;
    shown.current = on;
    if (document.activeElement !== document.body) return;
    screen.current?.querySelector<HTMLElement>('[data-switch]')?.focus({ preventScroll: on });
  }, [on]);

  return (
    <div className="screen" ref={screen}>
      {!full && <Announcement />}
      {on ? (
        <div className="workspace">
          <section className="workspace-main" aria-label={isVideo ? 'Video' : 'Camera'}>
            <LiveViewer />
            <LiveToolbar />
          </section>
          <div className="workspace-side">
            <JointSeries />
            <LiveNumbers />
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
