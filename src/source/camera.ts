import { SourceError, type SourceErrorCode } from './error';

/** A camera as listed; without permission, browsers give neither ids nor names. */
export interface CameraInfo {
  readonly id: string;
  readonly label: string;
}

/** user: towards the person who holds the device. */
export type Facing = 'user' | 'environment';

/** An open camera; the caller that opened it stops it, or aborts the signal that it was opened with. */
export interface Camera {
  readonly stream: MediaStream;
  readonly id: string;
  readonly label: string;
  /** undefined: the browser does not say, as with most desktop cameras. */
  readonly facing: Facing | undefined;
  /** Image pixels, as far as known before the first frame. */
  readonly width: number;
  readonly height: number;
  /** Ends all tracks; the camera's light goes out. */
  stop(): void;
}

/** exact: this camera or none. preferred: this camera if it is available. */
export type Wanted =
  | { readonly by: 'exact'; readonly id: string }
  | { readonly by: 'preferred'; readonly id: string | undefined }
  | { readonly by: 'facing'; readonly facing: Facing };

/** Events of an open camera. */
export interface CameraEvents {
  onEnded(): void;
  onMute(): void;
  onUnmute(): void;
}

const BY_NAME: Readonly<Record<string, SourceErrorCode>> = {
  NotAllowedError: 'camera-refused',
  NotFoundError: 'camera-none',
  NotReadableError: 'camera-busy',
  OverconstrainedError: 'camera-unfit',
  SecurityError: 'camera-forbidden',
  AbortError: 'camera-aborted',
  TypeError: 'camera-insecure',
};

/** Converts a rejection of getUserMedia to a SourceError; anything else is returned unchanged. */
export function cameraError(error: unknown): unknown {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  const code = BY_NAME[name];
  return code ? new SourceError(code, '', { cause: error }) : error;
}

/** Heights that can be requested, pixels. The network needs no more than the smallest; the others look better. */
export const LINES = [480, 720, 1080] as const;

export type Lines = (typeof LINES)[number];

const WIDTHS: Readonly<Record<Lines, number>> = { 480: 640, 720: 1280, 1080: 1920 };

function constraintsFor(wanted: Wanted, lines: Lines): MediaTrackConstraints {
  const size = { width: { ideal: WIDTHS[lines] }, height: { ideal: lines } };
  if (wanted.by === 'exact') return { ...size, deviceId: { exact: wanted.id } };
  if (wanted.by === 'facing') return { ...size, facingMode: { ideal: wanted.facing } };
  return wanted.id ? { ...size, deviceId: { ideal: wanted.id } } : { ...size, facingMode: { ideal: 'user' } };
}

const facingOf = (mode: string | undefined): Facing | undefined => (mode === 'user' || mode === 'environment' ? mode : undefined);

/**
 * Requests the camera; the browser may ask the user first. lines: the height to request; the camera may deliver another.
 * Throws a SourceError, or signal.reason.
 */
export async function openCamera(signal: AbortSignal, wanted: Wanted, events: CameraEvents, lines: Lines): Promise<Camera> {
  signal.throwIfAborted();
  // Absent on pages that are not served over https or from this machine.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices) throw new SourceError('camera-insecure');
  const stream = await devices.getUserMedia({ audio: false, video: constraintsFor(wanted, lines) }).catch((error) => {
    throw cameraError(error);
  });
  const listening = new AbortController();
  const stop = () => {
    // Chromium keeps a stream alive after its end: its listeners, and the screen that they belong to, must not be kept alive with it.
    listening.abort();
    for (const track of stream.getTracks()) track.stop();
  };
  const [track] = stream.getVideoTracks();
  if (signal.aborted || !track) stop(); // the user may have left while the browser asked
  signal.addEventListener('abort', stop, listening); // or leave before our caller has the camera
  signal.throwIfAborted();
  if (!track) throw new SourceError('camera-none');
  track.addEventListener('ended', () => events.onEnded(), listening);
  track.addEventListener('mute', () => events.onMute(), listening);
  track.addEventListener('unmute', () => events.onUnmute(), listening);
  if (track.muted) events.onMute(); // for example a closed shutter, which causes no event
  const { deviceId = '', facingMode, width = 640, height = 480 } = track.getSettings();
  return { stream, id: deviceId, label: track.label, facing: facingOf(facingMode), width, height, stop };
}

/** The cameras that the browser lists: all of them, once access to one has been allowed. */
export async function listCameras(): Promise<CameraInfo[]> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  const all = devices ? await devices.enumerateDevices() : [];
  return all
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, i) => ({ id: deviceId, label: label || `Camera ${i + 1}` }));
}

/** Calls back when a camera comes or goes. Returns a function that stops this. */
export function onCamerasChanged(changed: () => void): () => void {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  devices?.addEventListener('devicechange', changed);
  return () => devices?.removeEventListener('devicechange', changed);
}
