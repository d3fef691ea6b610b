import { ModelError } from './error';
import { parseContract } from './parse-contract';
import type { WeightsFile } from './weights';

/** Bytes received so far, and in total. */
export type OnProgress = (loaded: number, total: number) => void;

/**
 * A model's files keep their names when it is replaced, so a copy in the browser's cache may be of another age than the file beside it: the
 * server is asked whether it is current. If that is out of reach, the copy has to do.
 */
const fetchCurrent = (signal: AbortSignal, url: string): Promise<Response> =>
  fetch(url, { signal, cache: 'no-cache' }).catch(() => fetch(url, { signal, cache: 'force-cache' }));

/** read: gets what is needed from the response. */
async function get<T>(signal: AbortSignal, url: string, read: (response: Response) => T | Promise<T>): Promise<T> {
  try {
    const response = await fetchCurrent(signal, url);
    if (response.ok) return await read(response);
    throw new Error(`the server answered ${response.status}`);
  } catch (error) {
    signal.throwIfAborted();
    throw new ModelError('weights-unreachable', `cannot load ${url}: ${error}`, { cause: error });
  }
}

/** contract.json as parsed. url: its absolute address. Rejects with a ModelError, or with the signal's reason. */
export async function fetchContract(signal: AbortSignal, url: string): Promise<unknown> {
  return parseContract(await get(signal, url, (response) => response.text()), url);
}

/** The bytes as received, unchecked (PoseModelSpec.create checks them). url: their absolute address. Rejects with a ModelError, or with the signal's reason. */
export async function fetchWeights(
  signal: AbortSignal,
  url: string,
  weights: Pick<WeightsFile, 'bytes'>,
  onProgress: OnProgress,
): Promise<ArrayBuffer> {
  const response = await get(signal, url, (answer) => answer);
  const bytes = new Uint8Array(weights.bytes);
  let loaded = 0;
  onProgress(0, weights.bytes);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (loaded + part.value.length > bytes.length)
        throw new ModelError('weights-damaged', `${url} has more than ${weights.bytes} bytes`);
      bytes.set(part.value, loaded);
      loaded += part.value.length;
      onProgress(loaded, weights.bytes);
    }
  } catch (error) {
    reader?.cancel().catch(() => undefined); // nothing more is downloaded
    signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    throw new ModelError('weights-unreachable', `${url} was cut off after ${loaded} bytes: ${error}`, { cause: error });
  }
  return bytes.buffer.slice(0, loaded);
}
