import { afterEach, expect, it, vi } from 'vitest';
import { cameraError, listCameras, onCamerasChanged, openCamera, type Wanted } from './camera';
import { SourceError } from './error';

afterEach(() => vi.unstubAllGlobals());

const events = { onEnded: vi.fn(), onMute: vi.fn(), onUnmute: vi.fn() };
const signal = () => new AbortController().signal;

function stubCamera(settings: MediaTrackSettings = {}) {
  const track = Object.assign(new EventTarget(), { label: 'Fake', stop: vi.fn(), getSettings: () => settings });
  const getUserMedia = vi.fn(async (_: MediaStreamConstraints) => ({ getTracks: () => [track], getVideoTracks: () => [track] }));
  const devices = [
    { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
    { kind: 'videoinput', deviceId: 'a', label: '' },
  ];
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices: async () => devices } });
  return { track, getUserMedia };
}

it('maps every error of getUserMedia to a code by its name', () => {
  const names = {
    NotAllowedError: 'camera-refused',
    NotFoundError: 'camera-none',
    NotReadableError: 'camera-busy',
    OverconstrainedError: 'camera-unfit',
    SecurityError: 'camera-forbidden',
    AbortError: 'camera-aborted',
    TypeError: 'camera-insecure',
  };
  for (const [name, code] of Object.entries(names)) expect(cameraError({ name })).toMatchObject({ code });
  const other = new Error('what?');
  expect(cameraError(other)).toBe(other);
});

it('requests an exact camera, a preferred one, or a facing mode', async () => {
  const { getUserMedia } = stubCamera();
  const asked = async (wanted: Wanted) => {
    await openCamera(signal(), wanted, events, 720);
    return getUserMedia.mock.lastCall?.[0].video;
  };
  expect(await asked({ by: 'exact', id: 'a' })).toMatchObject({ deviceId: { exact: 'a' } });
  expect(await asked({ by: 'preferred', id: 'a' })).toMatchObject({ deviceId: { ideal: 'a' } });
  expect(await asked({ by: 'preferred', id: undefined })).toMatchObject({ facingMode: { ideal: 'user' } });
  expect(await asked({ by: 'facing', facing: 'environment' })).toMatchObject({ facingMode: { ideal: 'environment' } });
});

it('requests a height, and accepts what the camera delivers', async () => {
  const { getUserMedia } = stubCamera({ width: 640, height: 480 });
  const camera = await openCamera(signal(), { by: 'exact', id: 'a' }, events, 1080);
  expect(getUserMedia.mock.lastCall?.[0].video).toMatchObject({ width: { ideal: 1920 }, height: { ideal: 1080 } });
  expect(camera).toMatchObject({ width: 640, height: 480 });
});

it('describes the camera it opened, forwards its events, and stops it', async () => {
  const { track } = stubCamera({ deviceId: 'a', facingMode: 'environment', width: 1280, height: 720 });
  const camera = await openCamera(signal(), { by: 'preferred', id: undefined }, events, 720);
  expect(camera).toMatchObject({ id: 'a', label: 'Fake', facing: 'environment', width: 1280, height: 720 });
  for (const [type, heard] of [
    ['ended', events.onEnded],
    ['mute', events.onMute],
    ['unmute', events.onUnmute],
  ] as const) {
    track.dispatchEvent(new Event(type));
    expect(heard).toHaveBeenCalledOnce();
  }
  camera.stop();
  expect(track.stop).toHaveBeenCalledOnce();
  track.dispatchEvent(new Event('ended'));
  expect(events.onEnded).toHaveBeenCalledOnce(); // no listeners are left on the track
});

it('reports a camera that is muted from the start', async () => {
  const { track } = stubCamera();
  events.onMute.mockClear();
  await openCamera(signal(), { by: 'preferred', id: undefined }, events, 720);
  expect(events.onMute).not.toHaveBeenCalled();
  Object.assign(track, { muted: true });
  await openCamera(signal(), { by: 'preferred', id: undefined }, events, 720);
  expect(events.onMute).toHaveBeenCalledOnce();
});

it('reports cameras that come and go, until it is stopped', () => {
  const mediaDevices = new EventTarget();
  vi.stubGlobal('navigator', { mediaDevices });
  const changed = vi.fn();
  const end = onCamerasChanged(changed);
  mediaDevices.dispatchEvent(new Event('devicechange'));
  expect(changed).toHaveBeenCalledOnce();
  end();
  mediaDevices.dispatchEvent(new Event('devicechange'));
  expect(changed).toHaveBeenCalledOnce();
});

it('releases a camera that is granted after the user has left', async () => {
  const { track } = stubCamera();
  const left = new AbortController();
  const opening = openCamera(left.signal, { by: 'preferred', id: undefined }, events, 720);
  left.abort();
  await expect(opening).rejects.toBe(left.signal.reason);
  expect(track.stop).toHaveBeenCalledOnce();
});

it('releases an open camera when the user leaves', async () => {
  const { track } = stubCamera();
  const left = new AbortController();
  await openCamera(left.signal, { by: 'preferred', id: undefined }, events, 720);
  left.abort();
  expect(track.stop).toHaveBeenCalledOnce();
});

it('reports that an insecure page has no camera', async () => {
  vi.stubGlobal('navigator', {});
  const opening = openCamera(signal(), { by: 'preferred', id: undefined }, events, 720);
  await expect(opening).rejects.toMatchObject({ code: 'camera-insecure' });
  await expect(opening).rejects.toBeInstanceOf(SourceError);
  expect(await listCameras()).toEqual([]);
});

it('lists only cameras, and numbers those without a label', async () => {
  stubCamera();
  expect(await listCameras()).toEqual([{ id: 'a', label: 'Camera 1' }]);
});
