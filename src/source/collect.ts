/** Chunks are joined into parts of the Blob of this size: the browser may keep those on disk. Bytes. */
const PART = 2 ** 22;

type Bytes = Uint8Array<ArrayBuffer>;

async function* chunksOf(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes> {
  const reader = stream.getReader(); // not every browser can iterate a stream
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** The whole content of a stream. Rejects with the stream's own error, which a Response would replace by an uninformative one. */
export async function collectBlob(stream: ReadableStream<Bytes>): Promise<Blob> {
  const parts: Blob[] = [];
  let [chunks, bytes]: [Bytes[], number] = [[], 0];
  for await (const chunk of chunksOf(stream)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < PART) continue;
    parts.push(new Blob(chunks));
    [chunks, bytes] = [[], 0];
  }
  return new Blob([...parts, ...chunks]);
}

/** The same as UTF-8 text. */
export async function collectText(stream: ReadableStream<Bytes>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(stream)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
