import type { Camera } from '../../source/camera';
import type { Film } from '../../source/film';
import type { playFrames } from '../../source/frames';
import type { Playback, Player, playFilm } from '../../source/player';
import type { Look } from './loop';

/** What plays: a camera that is on, or a file that is open. */
export interface Feed {
  /** Runs in a video element until the signal. */
  play(signal: AbortSignal, video: HTMLVideoElement, look: Look): void;
  /** Of a file that runs in an element. */
  readonly player: Player | undefined;
  /** Whoever opened it is done with it. */
  close(): void;
}

export function cameraFeed(play: typeof playFrames, camera: Camera): Feed {
  return {
    play: (signal, video, look) => play(signal, video, camera.stream, (captured) => look(captured)),
    player: undefined,
    close: () => camera.stop(),
  };
}

interface FilmEvents {
  onChange(playback: Playback): void;
  onFailed(error: unknown): void;
}

export function filmFeed(play: typeof playFilm, film: Film, events: FilmEvents): Feed {
  let player: Player | undefined;
  return {
    play: (signal, video, look) => {
      player = play(signal, video, film, { ...events, onFrame: look });
      signal.addEventListener('abort', () => {
        player = undefined;
      });
    },
    get player() {
      return player;
    },
    close: () => film.close(),
  };
}
