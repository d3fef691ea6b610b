/** Display times of a video file's frames, read from its container: no frame is decoded. Loaded lazily, because the reader is large. */
import { BlobSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';

export interface FrameTimes {
  /**
   * The middle of the frame after the one shown at `time` (1), or before it (-1); of that one itself if there is no other. Both on the
   * browser's clock, seconds. Reads the file only around this position. Rejects if it cannot be read.
   */
  beside(time: number, direction: 1 | -1): Promise<number>;
}

interface FrameTime {
  /** Seconds of the file's own time. */
  readonly start: number;
  /** Seconds; 0 if the container does not state it. */
  readonly length: number;
}

/** Shown frames are further apart; rounding moves them by less. Encoders put frames that are never shown this close to others. Seconds. */
const SAME_FRAME = 0.002;
/** How far ahead the next frame is looked for if the length of this one is unknown. Seconds. */
const USUAL = 1 / 30;

/**
 * Reads the times of a video's frames on demand, until the signal is aborted. duration and firstShown (position of the first frame shown
 * in the video): as reported by the browser, seconds. Rejects if the file is none of the containers that browsers play (MP4, QuickTime,
 * Matroska, WebM), or cannot be read.
 */
export async function readFrameTimes(signal: AbortSignal, file: Blob, duration: number, firstShown: number): Promise<FrameTimes> {
  const source = new BlobSource(file, { handleUnhandledError: () => undefined }); // of reading ahead: reported when the bytes are needed
  const input = new Input({ source, formats: [MP4, QTFF, MATROSKA, WEBM] });
  signal.addEventListener('abort', () => input.dispose());
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('the container has no video track');
  const packets = new EncodedPacketSink(track);
  const first = await track.getFirstTimestamp();
  const end = first + duration;

  /** The frame shown at a time, which may be rounded down. Packets are stored in decoding order; this uses display order. */
  async function at(time: number): Promise<FrameTime> {
    const packet = await packets.getPacket(Math.max(first, time) + SAME_FRAME / 2, { metadataOnly: true });
    if (!packet) throw new Error('the container has no frames');
    return { start: packet.timestamp, length: packet.duration };
  }

  /** The frame after one that begins at `start`; undefined: it is the last. */
  async function after({ start, length }: FrameTime): Promise<FrameTime | undefined> {
    // The length may be unknown, or shorter than the time to the next frame: recorders drop frames.
    for (let reach = length || USUAL; ; reach *= 2) {
      let next: FrameTime | undefined;
      for (let found = await at(start + reach); found.start > start + SAME_FRAME; found = await at(found.start - SAME_FRAME)) {
        next = found;
      }
      if (next || start + reach > end) return next;
    }
  }

  // Chromium uses the file's own time, Firefox and WebKit the time since the first frame.
  const isOwnTime = Math.abs((await at(firstShown)).start - firstShown) < SAME_FRAME;
  const delay = isOwnTime ? 0 : firstShown - first;

  return {
    beside: async (time, direction) => {
      const shown = await at(time - delay);
      const frame = direction > 0 ? ((await after(shown)) ?? shown) : await at(shown.start - SAME_FRAME);
      const next = await after(frame);
      return (frame.start + (next?.start ?? Math.max(frame.start, end))) / 2 + delay;
    },
  };
}
