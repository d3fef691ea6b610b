/** Delay before a frame that could not be processed is tried again if no other may follow it, as in a paused video. Milliseconds. */
export const AGAIN_MS = 200;

/** A frame of a video that waits for its turn. Its pixels are grabbed only then, so no bitmap waits. */
export interface WaitingFrame {
  /** When it was captured, milliseconds. */
  readonly captured: number;
  /** Its position in a video file, seconds. */
  readonly position: number | undefined;
  /** It may be the last: a paused video delivers no others. */
  readonly alone: boolean;
  /** It does not continue the earlier ones, as after a seek. */
  readonly fresh: boolean;
}

/**
 * Holds the newest frame until it is taken. A consumer that works on one frame at a time and takes the next from here never has a backlog: of
 * those that arrive in the meantime, all but the newest are dropped.
 */
export class NewestFrame {
  private frame: WaitingFrame | undefined;
  private wake = () => {};

  /** The frame that is waiting. */
  get waiting(): WaitingFrame | undefined {
    return this.frame;
  }

  /** Returns whether an older frame was dropped for it; if that one was fresh, so is this. */
  put(frame: WaitingFrame): boolean {
    const dropped = this.frame;
    this.frame = { ...frame, fresh: frame.fresh || dropped?.fresh === true };
    this.wake();
    return dropped !== undefined;
  }

  /** Puts the frame that is on the screen after a while, unless another is waiting by then; returns whether it did. now: describes that frame. */
  async again(now: () => WaitingFrame): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    if (this.waiting) return false;
    this.put(now());
    return true;
  }

  /** Removes and returns the newest frame; undefined: none is waiting. */
  take(): WaitingFrame | undefined {
    const { frame } = this;
    this.frame = undefined;
    return frame;
  }

  /** Resolves to true once a frame is waiting, or to false once the signal is aborted. For one caller at a time. */
  async arrival(signal: AbortSignal): Promise<boolean> {
    if (!this.waiting && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener('abort', this.wake);
      });
      signal.removeEventListener('abort', this.wake);
    }
    return !signal.aborted;
  }
}
