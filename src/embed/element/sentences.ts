import { EngineError } from '../../engine/error';
import type { EngineErrorCode, Status } from '../../engine/protocol';
import { SourceError, type SourceErrorCode } from '../../source/error';

const ENGINE: Readonly<Record<EngineErrorCode, string>> = {
  'no-backend': 'This browser runs neither WebGPU nor WebAssembly, so posecade cannot run here.',
  'weights-unreachable': 'The model could not be downloaded. Check the connection, then reload the page.',
  'weights-damaged': 'The downloaded model is damaged. Reload the page.',
  'contract-mismatch': 'The model and this page are from different versions. Reload the page.',
  'compile-failed': 'The graphics driver rejected the network. A newer driver or browser usually helps.',
  'device-lost': 'The connection to the graphics card was lost. Close other tabs that use it, then reload the page.',
  'out-of-memory': 'There is not enough memory. Close other tabs, then reload the page.',
  'worker-crashed': 'The background worker has stopped. Reload the page.',
  'estimate-failed': 'The network failed on this image.',
};

const SOURCE: Partial<Record<SourceErrorCode, string>> = {
  'image-missing': 'The image could not be loaded.',
  'empty-file': 'The image is empty (0 bytes).',
  'not-an-image': 'That is not an image.',
  heic: 'This browser cannot open HEIC photos.',
  'too-large': 'The image is too large for this browser.',
  'camera-refused': 'Camera access was denied. Allow it in the address bar, then try again.',
  'camera-none': 'No camera is connected.',
  'camera-busy': 'Another program is using the camera. Close it, then try again.',
  'camera-unfit': 'No camera matches the requested settings.',
  'camera-forbidden': 'This page is not allowed to use the camera.',
  'camera-aborted': 'The camera did not start. Try again.',
  'camera-insecure': 'Browsers allow camera access only on pages that are served over HTTPS.',
  'camera-ended': 'The camera has stopped.',
  'camera-muted': 'The camera is not sending any video. Open its shutter, or close the program that is using it.',
};

/** A sentence that tells the page's user what has failed. */
export function sentenceOf(error: unknown): string {
  if (error instanceof EngineError) return ENGINE[error.code];
  if (error instanceof SourceError) return SOURCE[error.code] ?? 'This browser cannot open the image.';
  return `Something unexpected happened: ${error instanceof Error ? error.message : error}`;
}

/** Progress of the engine's start; empty once it has started. */
export function progressOf(status: Status): string {
  if (status.state === 'loading') return `Loading the model, ${Math.round((100 * status.loaded) / (status.total || 1))}%`;
  if (status.state === 'compiling') return `Preparing the graphics card, ${status.done} of ${status.total}`;
  return '';
}

export const countOf = (people: number): string => (people === 1 ? '1 person' : `${people || 'no'} people`);
