import type { Camera } from '../../source/camera';
import type { Playback, Player, playVideo } from '../../source/player';
import type { VideoFile } from '../../source/video-file';
import type { LiveSource } from './live-source';
import type { OnFrame } from './loop';
import { watchSilence } from './silence';

/** What plays: a camera that is on, or an open video file. */
export interface Feed {
  /** Plays in a video element until the signal aborts. */
  play(signal: AbortSignal, element: HTMLVideoElement, onFrame: OnFrame): void;
  /** The player of a video file, while it plays in an element. */
  readonly player: Player | undefined;
  /** Turns the camera off, or releases the file. */
  close(): void;
}

/** onSilence: the camera delivers no frames (true), or they have resumed (false). */
export function cameraFeed(
  { playFrames, isHidden }: Pick<LiveSource, 'playFrames' | 'isHidden'>,
  camera: Camera,
  onSilence: (silent: boolean) => void,
): Feed {
  return {
    play: (signal, element, onFrame) => {
      const seen = watchSilence(signal, isHidden, onSilence);
      playFrames(signal, element, camera.stream, (captured) => {
        seen();
        onFrame(captured);
      });
    },
    player: undefined,
    close: () => camera.stop(),
  };
}

interface VideoEvents {
  onChange(playback: Playback): void;
  onFailed(error: unknown): void;
}

export function videoFeed(play: typeof playVideo, file: VideoFile, events: VideoEvents): Feed {
  let player: Player | undefined;
  return {
    play: (signal, element, onFrame) => {
      player = play(signal, element, file, { ...events, onFrame });
      signal.addEventListener('abort', () => {
        player = undefined;
      });
    },
    get player() {
      return player;
    },
    close: () => file.close(),
  };
}
