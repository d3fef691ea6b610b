import { expect, it, onTestFinished, vi } from 'vitest';
import { recordCanvas, recordingFormat } from './recorder';

const all = () => true;
const mp4 = (type: string) => type.startsWith('video/mp4');
const webm = (type: string) => type.startsWith('video/webm');

it.each([
  ['Full HD as H.264', all, 1920, 1081, /^video\/mp4/, 1920, 1080],
  ['Full HD as VP9 where there is no MP4', webm, 1920, 1080, /^video\/webm;codecs=vp9$/, 1920, 1080],
  ['12 megapixels in the next codec, whole', all, 4000, 3000, /^video\/webm/, 4000, 3000],
  ['12 megapixels reduced where there is no other', mp4, 4000, 3000, /^video\/mp4/, 3546, 2660],
])('records %s', (_, isSupported, width, height, type, recordedWidth, recordedHeight) => {
  const format = recordingFormat(width, height, isSupported);
  expect(format).toMatchObject({ width: recordedWidth, height: recordedHeight });
  expect(format.mimeType).toMatch(type);
});

it('throws if nothing can be recorded', () => {
  expect(() => recordingFormat(640, 480, () => false)).toThrow(expect.objectContaining({ code: 'recorder-none' }));
});

/** The browser's recorder, which records when the test says so. */
class FakeRecorder extends EventTarget {
  static latest: FakeRecorder;
  state = 'inactive';

  constructor() {
    super();
    FakeRecorder.latest = this;
  }

  start(): void {
    this.state = 'recording';
  }

  stop(): void {
    this.state = 'inactive';
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['abc']) }));
    this.dispatchEvent(new Event('stop'));
  }
}

it.each([
  ['is complete when it was stopped', false],
  ['is cut when the browser has ended it because of an error', true],
])('a recording %s', async (_, cut) => {
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  onTestFinished(() => void vi.unstubAllGlobals());
  const stop = vi.fn();
  const canvas = { width: 640, height: 480, captureStream: () => ({ getTracks: () => [{ stop }] }) };
  const recording = recordCanvas(canvas as unknown as HTMLCanvasElement, 'video/mp4;codecs=avc1.640028', () => undefined);
  if (cut) {
    FakeRecorder.latest.dispatchEvent(new Event('error'));
    FakeRecorder.latest.stop();
  } else recording.stop();
  expect(await recording.done).toMatchObject({ blob: { size: 3, type: 'video/mp4' }, extension: 'mp4', cut });
  expect(stop).toHaveBeenCalledOnce();
});
