import { listCameras, onCamerasChanged, openCamera } from '../../source/camera';
import { grabFrame, playFrames } from '../../source/frames';
import { playVideo } from '../../source/player';
import { openVideo } from '../../source/video-file';
import { recall, remember } from './memory';

/** Where frames come from; tests pass a fake. */
export interface LiveSource {
  readonly openCamera: typeof openCamera;
  readonly listCameras: typeof listCameras;
  readonly onCamerasChanged: typeof onCamerasChanged;
  readonly recall: typeof recall;
  readonly remember: typeof remember;
  readonly playFrames: typeof playFrames;
  readonly grabFrame: typeof grabFrame;
  readonly openVideo: typeof openVideo;
  readonly playVideo: typeof playVideo;
  /** Milliseconds, on the same clock as the frames. */
  readonly now: () => number;
  /** Whether the page is hidden. */
  readonly isHidden: () => boolean;
}

export const BROWSER: LiveSource = {
  openCamera,
  listCameras,
  onCamerasChanged,
  recall,
  remember,
  playFrames,
  grabFrame,
  openVideo,
  playVideo,
  now: () => performance.now(),
  isHidden: () => document.hidden,
};
