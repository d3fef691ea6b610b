/** The worker's side of the thread boundary: one answer to each request; everything else is sent as an event. */
import { ModelError } from '../model/error';
import { EngineError } from './error';
import type { EngineFailure, EventMessage, RequestMessage, ResponseMessage } from './protocol';
import { Runtime } from './worker/runtime';

let runtime: Runtime | undefined;
const running = new Map<number, AbortController>();

const post = (message: ResponseMessage | EventMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer });

function failureOf(error: unknown): EngineFailure {
  if (error instanceof EngineError || error instanceof ModelError) return { code: error.code, detail: error.message };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  // What browsers throw when an array or the WASM heap cannot grow.
  return { code: /out of memory|allocation failed/i.test(detail) ? 'out-of-memory' : 'estimate-failed', detail };
}

async function answer(signal: AbortSignal, message: RequestMessage): Promise<void> {
  switch (message.type) {
    case 'init': {
      runtime = await Runtime.create(signal, message.params, post);
      return post({ type: 'init', id: message.id, result: runtime.ready });
    }
    case 'estimate': {
      if (!runtime) throw new Error('estimate before init');
      const result = await runtime.estimate(signal, message.params);
      const maps = result.people.flatMap(({ coarseMaps, fineMaps }) => [coarseMaps, fineMaps]);
      const buffers = maps.flatMap((map) => (map ? [map.buffer] : []));
      return post({ type: 'estimate', id: message.id, result }, buffers);
    }
    case 'abort': {
      running.get(message.params.id)?.abort();
      return post({ type: 'abort', id: message.id, result: null });
    }
    case 'dispose': {
      runtime?.dispose();
      runtime = undefined;
      return post({ type: 'dispose', id: message.id, result: null });
    }
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<RequestMessage>) => {
  const controller = new AbortController();
  running.set(data.id, controller);
  try {
    await answer(controller.signal, data);
  } catch (error) {
    post(
      controller.signal.aborted ? { type: 'aborted', id: data.id } : { type: 'failed', id: data.id, failure: failureOf(error) },
    );
  } finally {
    running.delete(data.id);
  }
});
