import type { FrameTimes } from './frame-times';
import { FramePace } from './pace';
import type { VideoFile } from './video-file';

/**
 * Leads from one frame of a video to the next or the previous one: by the times in the file or, where those cannot be read, by the
 * distances between the frames seen so far. All positions are in seconds.
 */
export class FrameSteps {
  private readonly signal: AbortSignal;
  private readonly file: VideoFile;
  private readonly pace = new FramePace();
  private firstShown: number | undefined;
  private times: Promise<FrameTimes> | undefined;

  /** The file is read until the signal. */
  constructor(signal: AbortSignal, file: VideoFile) {
    this.signal = signal;
    this.file = file;
  }

  /** A frame is shown. alone: it does not follow on the one before. */
  see(position: number, alone: boolean): void {
    this.firstShown ??= position;
    this.pace.see(position, alone);
  }

  /** A place within the frame after the one that is shown at `position` (1), or before it (-1); within that one where there is no other. */
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
