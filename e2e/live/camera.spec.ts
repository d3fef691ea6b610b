import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import type { Page } from 'playwright/test';
import { expectAccessible } from '../support/axe';
import { HEIGHT, test, WIDTH } from '../support/camera';
import type { PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';

/** Every getUserMedia error by name, the code that is reported, and words of its message. */
const REFUSALS = [
  ['NotAllowedError', 'camera-refused', 'denied'],
  ['NotFoundError', 'camera-none', 'No camera was found'],
  ['NotReadableError', 'camera-busy', 'is not sending any video'],
  ['OverconstrainedError', 'camera-unfit', 'no longer connected'],
  ['SecurityError', 'camera-forbidden', 'disabled'],
  ['AbortError', 'camera-aborted', 'could not be started'],
  ['TypeError', 'camera-insecure', 'secure connection'],
] as const;

interface Watched {
  /** While set, requests for a camera fail with an error of this name. */
  refusal?: string;
  streams: MediaStream[];
}

/** Records every stream that the page is given, and refuses requests when told to. */
async function watchCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { streams: [] };
    Object.assign(window, { watched });
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      if (watched.refusal) throw Object.assign(new Error('refused'), { name: watched.refusal });
      const stream = await real(constraints);
      watched.streams.push(stream);
      return stream;
    };
  });
}

/** States of all tracks that the page was ever given. */
function tracks(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { watched } = window as unknown as { watched: Watched };
    return watched.streams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState));
  });
}

function refuse(page: Page, name: string | undefined): Promise<void> {
  return page.evaluate((refusal) => {
    Object.assign((window as unknown as { watched: Watched }).watched, { refusal });
  }, name);
}

const screen = (page: Page, name: 'Photo' | 'Live') => page.getByRole('link', { name, exact: true });
const startButton = (page: Page) => page.getByRole('button', { name: 'Start camera' });
const stopButton = (page: Page) => page.getByRole('button', { name: 'Stop camera' });

/** Fraction of the overlay that is drawn on. */
function covered({ overlay }: PhotoPage): Promise<number> {
  return overlay.evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    copy?.drawImage(canvas as HTMLCanvasElement, 0, 0);
    const { data } = copy?.getImageData(0, 0, width, height) ?? { data: [] };
    return data.filter((value, i) => i % 4 === 3 && value > 0).length / (width * height);
  });
}

/**
 * Has the page look for a message whenever it is drawn, because it soon fades, and returns a function that waits until it was visible in full
 * screen.
 */
async function watchForMessage(page: Page, text: string): Promise<() => Promise<void>> {
  await page.evaluate((wanted) => {
    const visible = new Promise<void>((resolve) => {
      const look = () => {
        const live = document.querySelector(':fullscreen [data-testid=live]');
        if (live?.textContent === wanted && getComputedStyle(live).opacity === '1') resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
    Object.assign(window, { visible });
  }, text);
  return () => page.evaluate(() => (window as unknown as { visible: Promise<void> }).visible);
}

async function openLive(photo: PhotoPage): Promise<void> {
  await watchCamera(photo.page);
  await photo.page.goto('./#live');
  await photo.ready();
}

async function start({ page }: PhotoPage): Promise<void> {
  await startButton(page).click();
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second');
}

test('on a phone held sideways, the camera’s image is in view once it starts', async ({ photo, page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openLive(photo);
  await start(photo);
  await expect(stopButton(page)).toBeFocused();
  await photo.expectInView(0.6);
});

test('the camera starts on a click, shows its performance, and is released on stop and on leaving the screen', {
  tag: '@journey',
}, async ({ photo, page }) => {
  await openLive(photo);
  await expect(screen(page, 'Live')).toHaveAttribute('aria-current', 'page');
  await start(photo);
  await expect(stopButton(page)).toBeFocused();
  await photo.expectInView(0.6);
  const numbers = page.getByRole('region', { name: 'Performance' });
  await expect(numbers).toContainText(/Latency\s*[\d.]+ m?s/);
  await expect(numbers).toContainText(/Dropped frames\s*\d+ of \d+/);
  expect(await covered(photo)).toBeLessThan(0.3);
  await page.getByLabel('Heat maps').check();
  await expect.poll(() => covered(photo)).toBeGreaterThan(0.4);
  await expect(page.getByRole('combobox', { name: 'Camera' })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save image' }).click();
  const { width, height } = decode(readFileSync(await (await waiting).path()));
  expect([width, height]).toEqual([WIDTH, HEIGHT]);
  await page.getByRole('button', { name: 'Full screen' }).click();
  await expect(page.getByRole('button', { name: 'Exit full screen' })).toBeVisible();
  const wasSaid = await watchForMessage(page, 'Following person 1 only.');
  await page.keyboard.press('o'); // follows only the person in view, and says so over the image
  await wasSaid();
  await page.getByRole('button', { name: 'Exit full screen' }).click();
  await expect(page.getByRole('button', { name: 'Full screen', exact: true })).toBeVisible();
  await stopButton(page).click();
  await expect(startButton(page)).toBeFocused();
  expect(await tracks(page)).toEqual(['ended']);
  await start(photo);
  await screen(page, 'Photo').click();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
  expect(await tracks(page)).toEqual(['ended', 'ended']);
  await photo.openSample('Astronaut');
  await photo.expectFound();
});

test('every camera error has its own message and next step, and trying again works', async ({ photo, page }) => {
  await openLive(photo);
  for (const [name, code, words] of REFUSALS) {
    await refuse(page, name);
    await startButton(page).click();
    const notice = photo.live.locator('.notice');
    await expect(notice).toHaveAttribute('data-code', code);
    await expect(notice).toContainText(words);
    await expect(notice).toContainText(/\. .+\./); // a sentence and a next step
    await expect(startButton(page)).toBeVisible();
  }
  await refuse(page, 'NotAllowedError');
  await startButton(page).click();
  await refuse(page, undefined);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(stopButton(page)).toBeVisible();
  await expect(photo.live.locator('.notice')).toHaveCount(0);
});

test('a camera that is unplugged, or sends nothing, is reported', async ({ photo, page }) => {
  await openLive(photo);
  await start(photo);
  const happen = (type: string) =>
    page.evaluate((event) => {
      const stream = document.querySelector('video')?.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('no stream');
      stream.getVideoTracks()[0]?.dispatchEvent(new Event(event));
    }, type);
  await happen('mute');
  await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'camera-muted');
  await happen('unmute');
  await expect(photo.live.locator('.notice')).toHaveCount(0);
  await happen('ended');
  await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'camera-ended');
  await expect(startButton(page)).toBeVisible();
  expect(await tracks(page)).toEqual(['ended']);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(stopButton(page)).toBeVisible();
});

test('axe reports no violations, and nothing overflows the page', async ({ photo, page }) => {
  await openLive(photo);
  await expectAccessible(page);
  await refuse(page, 'NotAllowedError');
  await startButton(page).click();
  await expect(photo.live.locator('.notice')).toBeVisible();
  await expectAccessible(page);
  await refuse(page, undefined);
  await start(photo);
  await expectAccessible(page);
});
