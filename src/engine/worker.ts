/** The worker's side of the thread boundary. */
import type { RequestMessage } from './protocol';
import { Answerer } from './worker/answer';

const answerer = new Answerer((message, transfer) => self.postMessage(message, { transfer }));

self.addEventListener('message', ({ data }: MessageEvent<RequestMessage>) => answerer.take(data));
