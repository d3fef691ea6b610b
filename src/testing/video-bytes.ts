/** Video files with frames at given times, for testing code that reads containers; the frames cannot be decoded. */
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from 'mediabunny';

export type Container = 'mp4' | 'fragmented mp4' | 'webm' | 'webm without an index' | 'mkv';

const FORMATS: Readonly<Record<Container, () => OutputFormat>> = {
  mp4: () => new Mp4OutputFormat({ fastStart: false }),
  'fragmented mp4': () => new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.2 }),
  webm: () => new WebMOutputFormat({ minimumClusterDuration: 0.2 }),
  'webm without an index': () => new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: 0.2 }), // as browsers record
  mkv: () => new MkvOutputFormat({ minimumClusterDuration: 0.2 }),
};

/** Removes the index, which is at the end of such a file. */
function withoutCues(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.subarray(
    0,
    bytes.findLastIndex((_, at) => [0x1c, 0x53, 0xbb, 0x6b].every((byte, i) => bytes[at + i] === byte)),
  );
}

/**
 * The bytes of a video. times: of the frames in decoding order, seconds; every `keys`-th is a key frame, decodable without the others. size:
 * of each frame, bytes.
 */
export async function videoBytes(container: Container, times: readonly number[], { keys = 10, size = 5 } = {}): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[container](), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  for (const [i, time] of times.entries()) {
    const packet = new EncodedPacket(new Uint8Array(size), i % keys === 0 ? 'key' : 'delta', time, 0);
    await source.add(packet, { decoderConfig: { codec: 'vp09.00.10.08', codedWidth: 64, codedHeight: 48 } });
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  return new Blob([container === 'webm without an index' ? withoutCues(bytes) : bytes]);
}
