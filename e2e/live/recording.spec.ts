import type { Page } from 'playwright/test';
import { HEIGHT, test, WIDTH } from '../support/camera';
import { downloaded } from '../support/download';
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Decodes a recording in the page: its size, its number of frames, and how many of them differ from the one before. */
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
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: LONG });
}

test('a camera recording is saved when it is stopped or the camera ends, and the recorded joints are kept', {
  tag: '@journey',
}, async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  await startCamera(photo);
  await button(page, 'Record video').click();
  const running = button(page, 'Stop recording video');
  await expect(running).toHaveAttribute('data-running', 'true'); // which gives it its colour
  await expect(running).toHaveText(/ · (0:0[3-9]|0:[1-5]\d|[1-9]\d*:\d\d) · \d/);
  const first = await downloaded(page, () => running.click());
  expect(first.name).toMatch(/^posecade .*\.(mp4|webm)$/);
  await expect(photo.live).toContainText(`${first.name} saved`);
  const seen = await decode(page, first.bytes, first.name.endsWith('mp4') ? 'video/mp4' : 'video/webm');
  expect(seen).toMatchObject({ width: WIDTH, height: HEIGHT });
  expect(seen.seconds).toBeGreaterThan(1.5);
  expect(seen.frames).toBeGreaterThan(1); // how many there are depends on the machine
  expect(seen.changes).toBeGreaterThan(1); // the person has moved meanwhile

  await button(page, 'Record video').click();
  await button(page, 'Record joints').click();
  await expect(button(page, 'Stop recording joints')).toHaveText(/ · [1-9]\d* frames?$/);
  await expect(running).toHaveText(/ · \d+:\d\d · \d/);
  const rest = await downloaded(page, () =>
    page.evaluate(() => {
      const stream = document.querySelector('video')?.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('no stream');
      stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
    }),
  );
  expect((await decode(page, rest.bytes, rest.name.endsWith('mp4') ? 'video/mp4' : 'video/webm')).frames).toBeGreaterThan(0);
  await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'camera-ended');
  const { name, bytes } = await downloaded(page, () => button(page, 'Save JSON').click()); // the joints are still there
  expect(name).toMatch(/^camera joints .*\.json$/);
  expect(JSON.parse(bytes.toString()).frames.length).toBeGreaterThan(0);
});

test('closing the page is confirmed while recorded joints are not saved', async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  await startCamera(photo);
  await button(page, 'Record joints').click();
  await expect(button(page, 'Stop recording joints')).toHaveText(/ · [1-9]\d* frames?$/);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await button(page, 'Stop recording joints').click();
  await downloaded(page, () => button(page, 'Save JSON').click());
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toHaveLength(1);
});
