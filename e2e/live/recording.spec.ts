import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import type { seriesDocument } from '../../src/app/live/series';
import * as camera from '../support/camera';
import type { PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';
import * as video from '../support/video';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await act();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Decodes a recording in the page: its size, how many frames it has, and how many of them show something else than the one before. */
function decode(page: Page, bytes: Buffer, type: string) {
  return page.evaluate(
    async ({ base64, mimeType }) => {
      const video = document.createElement('video');
      const data = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      video.src = URL.createObjectURL(new Blob([data], { type: mimeType }));
      video.muted = true;
      const copy = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true });
      let [frames, changes, last] = [0, 0, ''];
      const see = () => {
        copy?.drawImage(video, 0, 0, 64, 48);
        const now = String(copy?.getImageData(0, 0, 64, 48).data);
        frames += 1;
        if (now !== last) changes += 1;
        last = now;
        video.requestVideoFrameCallback(see);
      };
      video.requestVideoFrameCallback(see);
      const ended = new Promise((resolve, reject) => {
        video.addEventListener('ended', resolve);
        video.addEventListener('error', () => reject(video.error));
      });
      await video.play();
      await ended;
      URL.revokeObjectURL(video.src);
      return { width: video.videoWidth, height: video.videoHeight, seconds: video.currentTime, frames, changes };
    },
    { base64: bytes.toString('base64'), mimeType: type },
  );
}

async function startCamera({ page }: PhotoPage): Promise<void> {
  await button(page, 'Start camera').click();
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: video.LONG });
}

camera.test(
  'what the camera shows is filmed with its joints, and saved when it is stopped or the camera ends',
  async ({ photo, page }) => {
    await page.goto('./#live');
    await photo.ready();
    await startCamera(photo);
    await button(page, 'Record video').click();
    const running = button(page, /^Stop recording · 0:\d\d/);
    await expect(running).toHaveAttribute('aria-pressed', 'true');
    await expect(button(page, /^Stop recording · 0:(0[3-9]|[1-5]\d)/)).toBeVisible();
    const first = await downloaded(page, () => running.click());
    expect(first.name).toMatch(/^posecade .*\.(mp4|webm)$/);
    await expect(photo.live).toContainText(`${first.name} saved`);
    const seen = await decode(page, first.bytes, first.name.endsWith('mp4') ? 'video/mp4' : 'video/webm');
    expect(seen).toMatchObject({ width: camera.WIDTH, height: camera.HEIGHT });
    expect(seen.seconds).toBeGreaterThan(1.5);
    expect(seen.frames).toBeGreaterThan(5);
    expect(seen.changes).toBeGreaterThan(1); // the person has moved meanwhile

    await button(page, 'Record video').click();
    await button(page, 'Record joints').click();
    await expect(button(page, /^Stop recording · [1-9]\d* frames?$/)).toBeVisible();
    await expect(button(page, /^Stop recording · 0:(0[1-9]|[1-5]\d)/)).toBeVisible();
    const rest = await downloaded(page, () =>
      page.evaluate(() => {
        const stream = document.querySelector('video')?.srcObject;
        if (!(stream instanceof MediaStream)) throw new Error('no stream');
        stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
      }),
    );
    expect((await decode(page, rest.bytes, rest.name.endsWith('mp4') ? 'video/mp4' : 'video/webm')).frames).toBeGreaterThan(1);
    await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'camera-ended');
    const { name, bytes } = await downloaded(page, () => button(page, 'Save JSON').click()); // the joints are still there
    expect(name).toMatch(/^camera joints .*\.json$/);
    expect(JSON.parse(bytes.toString()).frames.length).toBeGreaterThan(0);
  },
);

video.test('joints of a video are recorded frame by frame, in its pixels, as JSON and as CSV', async ({ photo, page, films }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const { people } = await photo.download();
  const truth = people[0]?.keypoints ?? [];
  await photo.drop(films.film);
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: video.LONG });
  if (await button(page, 'Pause').isVisible()) await button(page, 'Pause').click();
  await button(page, 'Record joints').click();
  const frames: number[] = [];
  for (let i = 1; i <= 4; i += 1) {
    await button(page, 'Previous frame').click();
    await expect(button(page, i === 1 ? /· 1 frame$/ : new RegExp(`· ${i} frames$`))).toBeVisible({ timeout: video.LONG });
    frames.unshift(await video.frameShown(page));
  }
  await button(page, /^Stop recording · 4 frames$/).click();
  const json = await downloaded(page, () => button(page, 'Save JSON').click());
  const csv = await downloaded(page, () => button(page, 'Save CSV').click());
  expect(json.name).toMatch(/^moving joints .*\.json$/);

  const document: ReturnType<typeof seriesDocument> = JSON.parse(json.bytes.toString());
  expect(document.source).toEqual({ name: 'moving.webm', width: video.WIDTH, height: video.HEIGHT });
  const [header = '', ...rows] = csv.bytes.toString().trimEnd().split('\r\n');
  expect(header.split(',').slice(0, 6)).toEqual(['source', 'time_s', 'score', 'nose_x', 'nose_y', 'nose_score']);
  expect(rows.map((row) => row.split(',').slice(1).map(Number))).toEqual(
    document.frames.map(({ time, score, keypoints }) => [time, score, ...keypoints]),
  );

  // The joints that the photograph has, where each frame shows it.
  const times = document.frames.map(({ time }) => time);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(frames.every((frame, i) => i === 0 || frame > (frames[i - 1] ?? 0))).toBe(true);
  const sure = truth.flatMap((joint, index) => (joint.score >= 0.6 ? [{ ...joint, index }] : []));
  expect(sure.length).toBeGreaterThan(3);
  for (const [i, { keypoints }] of document.frames.entries()) {
    const left = video.leftOf(frames[i] ?? 0);
    const off = sure.map(({ x, y, index }) =>
      Math.hypot((keypoints[3 * index] ?? 0) - left - x * video.SCALE, (keypoints[3 * index + 1] ?? 0) - y * video.SCALE),
    );
    off.sort((a, b) => a - b);
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(10);
  }
});
