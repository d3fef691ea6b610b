/** Loaded lazily, because the reader and the writer of containers are large. */
import {
  BlobSource,
  BufferTarget,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

/** Duration of a last frame that follows no other, seconds. */
const USUAL = 1 / 30;

/** The same frames with an index and a duration, in memory; without sound. Rejects if the file is no WebM or cannot be read, or on abort. */
export async function withIndex(signal: AbortSignal, file: Blob): Promise<Blob> {
  const input = new Input({ source: new BlobSource(file, { handleUnhandledError: () => undefined }), formats: [WEBM] });
  signal.addEventListener('abort', () => input.dispose());
  const track = await input.getPrimaryVideoTrack();
  const codec = await track?.getCodec();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !codec || !decoderConfig) throw new Error('there is no video in the file');
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  await output.start();
  let last: EncodedPacket | undefined;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (last) await source.add(last, { decoderConfig });
    const duration = packet.timestamp - (last?.timestamp ?? packet.timestamp - USUAL);
    last = packet.duration > 0 ? packet : packet.clone({ duration });
  }
  if (last) await source.add(last, { decoderConfig });
  await output.finalize();
  input.dispose();
  return new Blob([target.buffer ?? new ArrayBuffer(0)], { type: 'video/webm' });
}
