import { ModelError } from '../../model/error';
import { EngineError, isOutOfMemory } from '../error';
import type { EngineFailure, EventMessage, RequestMessage, ResponseMessage } from '../protocol';
import { Runtime } from './runtime';

/** Sends a message to the client. transfer: what is to be transferred with it. */
export type Post = (message: ResponseMessage | EventMessage, transfer: Transferable[]) => void;

function failureOf(error: unknown): EngineFailure {
  if (error instanceof EngineError || error instanceof ModelError) return { code: error.code, detail: error.message };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: isOutOfMemory(error) ? 'out-of-memory' : 'estimate-failed', detail };
}

/** Answers the requests for one runtime: one answer to each; everything else is sent as an event. */
export class Answerer {
  private readonly post: Post;
  private runtime: Runtime | undefined;
  private readonly running = new Map<number, AbortController>();
  private closed = false;

  constructor(post: Post) {
    this.post = post;
  }

  async take(message: RequestMessage): Promise<void> {
    const controller = new AbortController();
    this.running.set(message.id, controller);
    try {
      await this.answer(controller.signal, message);
    } catch (error) {
      const { id } = message;
      this.post(controller.signal.aborted ? { type: 'aborted', id } : { type: 'failed', id, failure: failureOf(error) }, []);
    } finally {
      this.running.delete(message.id);
    }
  }

  /** For a thread that outlives this object: aborts requests in flight and frees the runtime, even one that is still starting. */
  close(): void {
    this.closed = true;
    for (const controller of this.running.values()) controller.abort();
    this.free();
  }

  private free(): void {
    this.runtime?.dispose();
    this.runtime = undefined;
  }

  private async answer(signal: AbortSignal, message: RequestMessage): Promise<void> {
    switch (message.type) {
      case 'init': {
        const runtime = await Runtime.create(signal, message.params, (event) => this.post(event, []));
        this.runtime = runtime;
        if (this.closed) return this.free();
        return this.post({ type: 'init', id: message.id, result: runtime.ready }, []);
      }
      case 'estimate': {
        if (!this.runtime) throw new Error('estimate before init');
        const { id } = message;
        const result = await this.runtime.estimate(signal, message.params, (progress) =>
          this.post({ type: 'progress', id, progress }, []),
        );
        const maps = result.people.flatMap(({ coarseMaps, fineMaps }) => [coarseMaps, fineMaps]);
        const buffers = maps.flatMap((map) => (map ? [map.buffer] : []));
        return this.post({ type: 'estimate', id, result }, buffers);
      }
      case 'abort': {
        this.running.get(message.params.id)?.abort();
        return this.post({ type: 'abort', id: message.id, result: null }, []);
      }
      case 'dispose': {
        this.free();
        return this.post({ type: 'dispose', id: message.id, result: null }, []);
      }
    }
  }
}
