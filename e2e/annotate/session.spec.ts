import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { AnnotatePage } from '../support/annotate-page';
import { expectAccessible } from '../support/axe';
import { EditorPage } from '../support/editor-page';
import { given, jpegFile, sample } from '../support/files';
import { LONG, PhotoPage } from '../support/photo-page';
import { expect, test } from '../support/test';

const bad = jpegFile(Buffer.from('This is no image at all.'), 'broken.jpg');
/** Size of image-3.jpg, pixels. */
const SIZE = { width: 450, height: 360 };
const LEFT_WRIST = 10;

test('a session of twenty images keeps corrections and review status after the page is closed', { tag: '@journey' }, async ({
  photo,
  page,
  context,
}) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const images = await annotate.images(20);
  await annotate.drop(...images.slice(0, 10), bad, ...images.slice(10));
  await expect(page.getByRole('heading', { name: '21 images' })).toBeVisible();
  await annotate.drafted();
  await expect(annotate.row('image-1.jpg')).toContainText('drafted');

  await page.getByLabel('Filter').selectOption('Failed');
  await expect(annotate.rows).toHaveCount(1);
  await expect(annotate.row('broken.jpg')).toContainText('not an image');
  await annotate.choose('broken.jpg');
  await expect(page.locator('.notice')).toContainText('not an image');
  await expect(page.getByRole('button', { name: /^(Retry|Try) / })).toHaveCount(0); // trying again would not help
  await page.getByLabel('Filter').selectOption('All');

  await annotate.choose('image-3.jpg');
  const editor = new EditorPage(page, SIZE);
  await expect(editor.people().first()).toHaveAttribute('aria-pressed', 'true');
  await page.getByLabel('Filter').blur();
  const wrist = await editor.joint(LEFT_WRIST);
  await editor.drag(await editor.fitted(wrist.x, wrist.y), await editor.onScreen(wrist.x + 25, wrist.y - 15));
  await expect(editor.said).toHaveText('Left wrist moved.');
  await editor.tool('Swap sides').click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.said).toHaveText('Undone: left and right swapped.');
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+y');
  await expect(editor.said).toHaveText('Redone: left wrist moved.');
  const moved = await editor.joint(LEFT_WRIST);
  expect(moved).not.toEqual(wrist);
  await page.keyboard.press('a');
  await expect(annotate.current).toContainText('image-4.jpg');
  await page.keyboard.press('q');
  await expect(annotate.current).toContainText('flagged');
  await page.keyboard.press('q');
  await expect(annotate.live).toContainText('Flag removed.');
  await page.keyboard.press('q');
  await expect(annotate.current).toContainText('flagged');
  await annotate.saved();
  await page.close();

  const fresh = await context.newPage();
  const again = new AnnotatePage(fresh);
  await again.open();
  await expect(fresh.getByText(/Saved (just now|\d+ minutes? ago)\./)).toBeVisible();
  await fresh.getByRole('button', { name: 'Resume session of 21 images' }).click();
  await again.choose('image-4.jpg');
  await expect(again.current).toContainText('flagged');
  await again.choose('image-3.jpg');
  await expect(again.current).toContainText('accepted');
  const corrected = new EditorPage(fresh, SIZE);
  await expect(corrected.people().first()).toHaveAttribute('aria-pressed', 'true');
  expect(await corrected.joint(LEFT_WRIST)).toEqual(moved);
  await fresh.keyboard.press('r');
  await expect(corrected.said).toHaveText('Left wrist reset to the draft.');
  expect(await corrected.joint(LEFT_WRIST)).toEqual(wrist);
});

test('an edit made just before a reload survives it', async ({ photo, page }) => {
  const annotate = new AnnotatePage(page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(1)));
  await annotate.drafted();
  await annotate.saved();
  // Edits are saved a moment later. That moment never comes here: only leaving the page can save this one.
  await page.evaluate(() => {
    window.setTimeout = (() => 0) as unknown as typeof setTimeout;
  });
  await page.keyboard.press('Shift+x');
  await page.reload();
  await photo.ready();
  await page.getByRole('button', { name: /^Resume session of 1 image, saved/ }).click();
  await expect(annotate.current).toContainText('edited');
});

test('folders and zips add images, other files are ignored, and a damaged zip is reported', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const images = await annotate.images(4);
  const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
  mkdirSync(join(folder, 'inner'));
  for (const { name, buffer } of images.slice(0, 2)) writeFileSync(join(folder, 'inner', name), buffer);
  writeFileSync(join(folder, 'notes.txt'), 'no image');
  await annotate.dropPaths(folder);
  await expect(annotate.live).toContainText('2 images added. 1 other file ignored.');
  const zip = zipSync(Object.fromEntries(images.slice(2).map(({ name, buffer }) => [`zipped/${name}`, new Uint8Array(buffer)])));
  await annotate.drop(given('all.zip', 'application/zip', Buffer.from(zip)));
  await expect(page.getByRole('heading', { name: '4 images' })).toBeVisible();
  await annotate.drafted();
  await annotate.choose('image-4.jpg');
  await expect(page.getByRole('heading', { name: 'zipped/image-4.jpg' })).toBeVisible();
  await annotate.drop(given('bad.zip', 'application/zip', Buffer.from('PK no zip')));
  await expect(annotate.live.locator('.notice')).toHaveAttribute('data-code', 'zip-damaged');
  await expect(page.getByRole('heading', { name: '4 images' })).toBeVisible();
});

test('compressed labels are reported as damaged, alone or in a zip, or as too large', async ({ photo }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const labels = strToU8('{"images": []}'.repeat(100));
  await annotate.drop(given('labels.json.gz', 'application/gzip', gzipSync(labels).subarray(0, -9)));
  await expect(annotate.live.locator('.notice')).toHaveAttribute('data-code', 'gzip-damaged');
  const large = gzipSync(Buffer.alloc(2 ** 29 + 1));
  await annotate.drop(given('labels.json.gz', 'application/gzip', large));
  await expect(annotate.live.locator('.notice')).toHaveAttribute('data-code', 'labels-too-large');
  const zip = zipSync({ 'labels.json': labels }, { level: 9 });
  zip.fill(0xff, 30 + 'labels.json'.length, 30 + 'labels.json'.length + 12);
  await annotate.drop(given('labels.zip', 'application/zip', Buffer.from(zip)));
  await expect(annotate.live.locator('.notice')).toHaveAttribute('data-code', 'zip-damaged');
});

test('a full disk is reported, editing continues, and a retry saves the work once there is room', async ({ photo, page }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    Object.assign(window, { diskFull: true });
    IDBObjectStore.prototype.put = function (value, ...key) {
      if ((window as unknown as { diskFull: boolean }).diskFull) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, ...key);
    };
  });
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(2)));
  await expect(annotate.live.locator('.notice')).toHaveAttribute('data-code', 'storage-full');
  await expect(annotate.live).toContainText(/export now/i);
  await expect(annotate.saving).toContainText('Not saved');
  await annotate.drafted();
  await page.keyboard.press('a');
  await expect(annotate.row('image-1.jpg')).toContainText('accepted');
  await page.evaluate(() => Object.assign(window, { diskFull: false }));
  await page.getByRole('button', { name: 'Retry', exact: true }).click();
  await annotate.saved();
});

test('a second tab reports that the session is open in another tab', async ({ photo, context }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(1)));
  await annotate.saved();
  const second = await context.newPage();
  const other = new AnnotatePage(second);
  await other.open();
  await expect(second.getByText('Open in another tab.')).toBeVisible();
  await second.getByRole('button', { name: /^Resume session/ }).click();
  await expect(other.live.locator('.notice')).toHaveAttribute('data-code', 'session-elsewhere');
  await second.close();
});

test('the keyboard moves through the image list, and the focus stays in it', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(30)));
  await annotate.current.focus();
  await page.keyboard.press('ArrowDown');
  await expect(annotate.row('image-2.jpg').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(annotate.row('image-30.jpg')).toBeFocused();
  await expect(annotate.row('image-1.jpg')).toHaveCount(0); // rows out of sight are not in the DOM
  await page.keyboard.press('Home');
  await expect(annotate.row('image-1.jpg').first()).toBeFocused();
  await page.keyboard.press('PageDown');
  await expect(annotate.current).toBeFocused();
  // Two key presses between two frames: the list has not scrolled yet when the second arrives.
  await page.keyboard.press('End');
  await expect(annotate.row('image-30.jpg')).toBeFocused();
  await page.evaluate(async () => {
    for (const key of ['Home', 'PageDown']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
    }
  });
  await expect(annotate.row('image-9.jpg')).toBeFocused();
});

test('after a filter is chosen by pointer, keys are for the image; by keyboard, the focus stays', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(2)));
  await annotate.drafted();
  const [filter, image] = [page.getByLabel('Filter'), page.getByRole('application')];
  await expect(image).toBeVisible();
  await filter.focus();
  await filter.selectOption('Unfinished');
  await expect(filter).toBeFocused();
  await filter.dispatchEvent('pointerdown');
  await filter.selectOption('All');
  await expect(image).toBeFocused();
  await page.keyboard.press('a');
  await expect(annotate.row('image-1.jpg')).toContainText('accepted');
  await expect(filter).toHaveValue('all');
});

test('drafting can be paused and resumed', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const images = await annotate.images(3);
  // No image is decoded before the test says so: otherwise all might be drafted before "Pause" is pressed.
  await page.evaluate(() => {
    const released = new Promise<void>((resolve) => window.addEventListener('release', () => resolve()));
    const { createImageBitmap: create } = window;
    window.createImageBitmap = (async (...args: Parameters<typeof create>) => {
      await released;
      return create(...args);
    }) as typeof create;
  });
  await annotate.drop(...images);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('not drafted')).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('release')));
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await annotate.drafted();
});

test('bitmaps and object URLs stay few, however many images are viewed', async ({ photo, page }) => {
  await page.addInitScript(() => {
    const alive = { bitmaps: 0, addresses: 0 };
    Object.assign(window, { alive });
    const { createImageBitmap: create } = window;
    window.createImageBitmap = (async (...args: Parameters<typeof create>) => {
      const bitmap = await create(...args);
      alive.bitmaps += 1;
      return bitmap;
    }) as typeof create;
    const { close } = ImageBitmap.prototype;
    ImageBitmap.prototype.close = function () {
      if (this.width > 0) alive.bitmaps -= 1;
      close.call(this);
    };
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      alive.addresses += 1;
      return createObjectURL.call(URL, blob);
    };
    URL.revokeObjectURL = (address) => {
      alive.addresses -= 1;
      revokeObjectURL.call(URL, address);
    };
  });
  const alive = () => page.evaluate(() => (window as unknown as { alive: { bitmaps: number; addresses: number } }).alive);
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(...(await annotate.images(30)));
  await expect(annotate.current).toContainText('image-1.jpg'); // otherwise the first key press finds no current image
  for (let i = 0; i < 29; i += 1) await page.keyboard.press('PageDown'); // while drafts are being made
  await expect(annotate.current).toContainText('image-30.jpg');
  await annotate.drafted();
  await annotate.saved();
  await expect(async () => {
    const { bitmaps, addresses } = await alive();
    expect(bitmaps).toBeLessThanOrEqual(5 + 2); // the five sources of the test images, the open image and its neighbour
    expect(addresses).toBeLessThanOrEqual(await annotate.rows.count());
  }).toPass();
  await page.getByRole('button', { name: 'Close session' }).click();
  await expect(async () => expect(await alive()).toEqual({ bitmaps: 5, addresses: 0 })).toPass();
});

test('axe reports no violations, and nothing overflows the page', { tag: '@journey' }, async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await expectAccessible(page);
  await annotate.drop(...(await annotate.images(3)), bad);
  await annotate.drafted();
  await expectAccessible(page);
  await annotate.choose('broken.jpg');
  await expectAccessible(page);
  await annotate.saved();
  await page.getByRole('button', { name: 'Close session' }).click();
  await expect(page.getByRole('button', { name: /^Resume session/ })).toBeVisible();
  await expectAccessible(page);
});

test('the sample photos can be tried, and an image or the session is deleted once that is confirmed', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await page.getByRole('button', { name: 'Try the sample photos' }).click();
  await expect(annotate.row('astronaut.jpg')).toBeVisible();
  await annotate.drafted();
  await annotate.choose('astronaut.jpg');
  const remove = page.getByRole('button', { name: 'Remove', exact: true });
  page.once('dialog', (dialog) => dialog.dismiss());
  await remove.click();
  await expect(annotate.row('astronaut.jpg')).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await remove.click();
  await expect(annotate.row('astronaut.jpg')).toHaveCount(0);
  await annotate.saved();
  await page.getByRole('button', { name: 'Close session' }).click();
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: /^Delete session/ }).click();
  await expect(page.getByRole('button', { name: /^Resume session/ })).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: /^Delete session/ }).click();
  await expect(page.getByRole('button', { name: /^Resume session/ })).toHaveCount(0, { timeout: LONG });
  await expect(page.getByRole('button', { name: 'Try the sample photos' })).toBeFocused();
  await expect(new PhotoPage(page).live.locator('.notice')).toHaveCount(0);
});

test('a JPEG without its end is reported below its name, without overflowing the panel', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await annotate.drop(jpegFile(sample('friends.jpg').subarray(0, -2), 'cut.jpg'));
  const bar = page.locator('.image-bar');
  await expect(bar.getByRole('paragraph')).toContainText('The file is incomplete');
  expect(
    await bar.evaluate((panel) => [panel, ...panel.querySelectorAll('*')].every((part) => part.scrollWidth <= panel.clientWidth)),
  ).toBe(true);
});
