import type { FrameTimes } from './frame-times';
import { FramePace } from './pace';
import type { VideoFile } from './video-file';

/**
 * Finds the next or previous frame of a video: by the times in the file or, if those cannot be read, by the intervals between the frames
 * seen so far. All positions are in seconds.
 */
export class FrameSteps {
  private readonly signal: AbortSignal;
  private readonly file: VideoFile;
  private readonly pace = new FramePace();
  private firstShown: number | undefined;
  private times: Promise<FrameTimes> | undefined;

  /** The file is read until the signal is aborted. */
  constructor(signal: AbortSignal, file: VideoFile) {
    this.signal = signal;
    this.file = file;
  }

  /** Registers a shown frame. alone: it does not follow the previous one. */
  see(position: number, alone: boolean): void {
    this.firstShown ??= position;
    this.pace.see(position, alone);
  }

  /** A position within the frame after the one shown at `position` (1), or before it (-1); within that one itself if there is no other. */
  async beside(position: number, direction: 1 | -1): Promise<number> {
    try {
      this.times ??= this.read();
      return await (await this.times).beside(position, direction);
    } catch {
      return this.pace.beside(position, direction);
    }
  }

  private async read(): Promise<FrameTimes> {
    const { readFrameTimes } = await import('./frame-times');
    return readFrameTimes(this.signal, this.file.blob, this.file.duration, this.firstShown ?? 0);
  }
}
