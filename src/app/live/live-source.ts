import { listCameras, onCamerasChanged, openCamera } from '../../source/camera';
import { openFilm } from '../../source/film';
import { grabFrame, playFrames } from '../../source/frames';
import { recall, remember } from '../../source/memory';
import { playFilm } from '../../source/player';

/** Where frames come from; tests give their own. */
export interface LiveSource {
  readonly openCamera: typeof openCamera;
  readonly listCameras: typeof listCameras;
  readonly onCamerasChanged: typeof onCamerasChanged;
  readonly recall: typeof recall;
  readonly remember: typeof remember;
  readonly playFrames: typeof playFrames;
  readonly grabFrame: typeof grabFrame;
  readonly openFilm: typeof openFilm;
  readonly playFilm: typeof playFilm;
  /** Milliseconds, on the clock of the frames. */
  readonly now: () => number;
}

export const BROWSER: LiveSource = {
  openCamera,
  listCameras,
  onCamerasChanged,
  recall,
  remember,
  playFrames,
  grabFrame,
  openFilm,
  playFilm,
  now: () => performance.now(),
};
