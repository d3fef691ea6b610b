import type { Page } from 'playwright/test';
import { expectAccessible } from '../support/axe';
import { given, jpegFile, sample } from '../support/files';
import type { PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';
import { FRAMES, frameAt, frameShown, HEIGHT, LONG, test, WIDTH } from '../support/video';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const place = (page: Page) => page.getByRole('slider', { name: 'Position in the video' });

/** Fraction of the overlay that is drawn on. */
function covered({ overlay }: PhotoPage): Promise<number> {
  return overlay.evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext('2d');
    copy?.drawImage(canvas as HTMLCanvasElement, 0, 0);
    const { data } = copy?.getImageData(0, 0, width, height) ?? { data: [] };
    return data.filter((value, i) => i % 4 === 3 && value > 0).length / (width * height);
  });
}

/** Counts the object URLs that the page has created and not revoked. */
async function countAddresses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const open = new Set<string>();
    Object.assign(window, { openAddresses: open });
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const address = createObjectURL.call(URL, object);
      open.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      open.delete(address);
      revokeObjectURL.call(URL, address);
    };
  });
}

const addresses = (page: Page) => page.evaluate(() => (window as unknown as { openAddresses: Set<string> }).openAddresses.size);

/** Waits until a video that is to loop plays: on a slow machine it may have ended before it was told to. */
async function playing(page: Page): Promise<void> {
  await expect(async () => {
    if (await button(page, 'Play').isVisible()) await button(page, 'Play').click({ timeout: 1000 });
    await expect(button(page, 'Pause')).toBeVisible({ timeout: 1000 });
  }).toPass();
}

async function seek(page: Page, share: number): Promise<void> {
  await place(page).evaluate((input, to) => {
    const range = input as HTMLInputElement;
    // React notices only what the native setter sets
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(range, String(Number(range.max) * to));
    range.dispatchEvent(new Event('input', { bubbles: true }));
  }, share);
  await expect.poll(() => page.evaluate(() => document.querySelector('video')?.seeking)).toBe(false); // the frame is there
}

test('a video dropped on the Photo screen plays on Live, pauses, steps, seeks and closes', {
  tag: '@journey',
}, async ({ photo, page, moving }) => {
  await countAddresses(page);
  await photo.open();
  await photo.drop(moving);
  await expect(page.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page');
  await expect(photo.live).toContainText(`moving.webm opened, ${WIDTH} × ${HEIGHT} pixels.`);
  await expect(page.getByLabel('Mirror')).not.toBeChecked();
  // All of it is visible without scrolling, with the controls and the focused button below it.
  await expect(button(page, 'Close video')).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.getByLabel('Loop').check();
  const numbers = page.getByRole('region', { name: 'Performance' });
  await expect(numbers).toContainText(/Dropped frames\s*\d+ of \d+/, { timeout: LONG });

  await playing(page);
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  const expectFrame = (index: number) => expect.poll(() => frameShown(page)).toBe(FRAMES[index]);
  await seek(page, 0.5);
  const middle = frameAt(await page.evaluate(() => document.querySelector('video')?.currentTime ?? Number.NaN));
  expect(Math.abs(middle - FRAMES.length / 2)).toBeLessThan(FRAMES.length / 3);
  await expectFrame(middle);
  await expect.poll(() => covered(photo)).toBeGreaterThan(0.005);
  // One press moves by one frame of those in the file.
  await button(page, 'Next frame').click();
  await expectFrame(middle + 1);
  await button(page, 'Next frame').click();
  await expectFrame(middle + 2);
  await button(page, 'Previous frame').click();
  await expectFrame(middle + 1);
  await button(page, 'Next frame').dblclick();
  await expectFrame(middle + 3);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press(',');
  await expectFrame(middle - 1);
  await expect.poll(() => covered(photo)).toBeGreaterThan(0.005);
  const clock = page.locator('.video-controls output');
  await expect(clock).toHaveText(/^0:0[12]\.\d\d \/ 0:0[2-9]\.\d\d$/);
  await expect(clock).toHaveAttribute('aria-live', 'off'); // no screen reader reads out every change

  // Heat maps of a paused frame appear when they are turned on.
  await page.getByLabel('Heat maps').check();
  await expect.poll(() => covered(photo)).toBeGreaterThan(0.3);

  // It stops where the file ends, and Play starts it from the beginning again.
  await page.getByLabel('Loop').uncheck();
  await seek(page, 0.8);
  await button(page, 'Play').click();
  await expect.poll(() => page.evaluate(() => document.querySelector('video')?.ended)).toBe(true);
  await expect(button(page, 'Play')).toBeVisible();
  await expectFrame(FRAMES.length - 1);
  await page.evaluate(() => {
    const video = document.querySelector('video');
    const start = new Promise((resolve) => video?.addEventListener('seeking', () => resolve(video.currentTime), { once: true }));
    Object.assign(window, { start });
  });
  await button(page, 'Play').click();
  expect(await page.evaluate(() => (window as unknown as { start: Promise<number> }).start)).toBeLessThan(0.5);

  const before = await addresses(page);
  await button(page, 'Close video').click();
  await expect(button(page, 'Start camera')).toBeFocused();
  expect(await addresses(page)).toBe(before - 1);
});

test('a file that is not a video, or does not play, is reported, and the open video stays open', async ({
  photo,
  page,
  moving,
  sound,
}) => {
  await countAddresses(page);
  await page.goto('./#live');
  await photo.ready();
  const empty = await addresses(page);
  const cases = [
    [given('notes.mp4', 'video/mp4', Buffer.from('Dear reader, this is no video.')), 'not-a-video'],
    [given('none.mp4', 'video/mp4', Buffer.alloc(0)), 'empty-file'],
    [given('head.mp4', 'video/mp4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')), 'video-unsupported'],
    [sound, 'sound-only'],
    [given('labels.json', 'application/json', Buffer.from('{"images": []}')), 'text-file'],
    [given('set.zip', 'application/zip', Buffer.from('PK\x03\x04\x14\0', 'latin1')), 'zip'],
  ] as const;
  for (const [file, code] of cases) {
    await photo.drop(file);
    const notice = photo.live.locator('.notice');
    await expect(notice).toHaveAttribute('data-code', code);
    await expect(notice).toContainText(/\. .+\./); // a sentence and a next step
  }
  expect(await addresses(page)).toBe(empty);
  await page.locator('input[accept*=video]').setInputFiles(jpegFile(sample('friends.jpg')));
  await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'photo');
  await page.locator('input[accept*=video]').setInputFiles(moving);
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: LONG });
  await photo.drop(cases[0][0]);
  await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'not-a-video');
  await expect(button(page, 'Close video')).toBeVisible();
});

test('axe reports no violations, and nothing overflows the page', async ({ photo, page, moving }) => {
  await page.goto('./#live');
  await photo.ready();
  await photo.drop(moving);
  await page.getByLabel('Loop').check();
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: LONG });
  await playing(page);
  await button(page, 'Pause').click();
  await expectAccessible(page);
});
