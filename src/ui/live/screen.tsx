import { createLiveActions } from '../../app/live/actions';
import { createJointRecorder } from '../../app/live/joint-recorder';
import { createVideoRecorder } from '../../app/live/video-recorder';
import { save } from '../shell/save';
import type { LoadedScreen, Shell } from '../shell/screens';
import { LiveContext, type LiveParts } from './context';
import { LiveScreen } from './LiveScreen';

export function createLiveScreen({ store, engine }: Shell): LoadedScreen {
  const live = createLiveActions(store, engine);
  const videoRecorder = createVideoRecorder(store, live.store, save);
  const jointRecorder = createJointRecorder(store, live.store, save, (question) => window.confirm(question));
  const parts: LiveParts = { live, videoRecorder, jointRecorder };
  return {
    Component: () => (
      <LiveContext.Provider value={parts}>
        <LiveScreen />
      </LiveContext.Provider>
    ),
    open: (dropped) => void live.openDropped(dropped),
    isAtRisk: () => videoRecorder.atRisk || jointRecorder.atRisk,
  };
}
