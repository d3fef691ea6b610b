import type { Page } from 'playwright/test';
import { jpegFile, sample, withOrientation } from '../support/files';
import { expect, test } from '../support/test';

test('a photo can be chosen, dropped and pasted', { tag: '@journey' }, async ({ photo }) => {
  await photo.open();
  await photo.choose(jpegFile(sample('astronaut.jpg'), 'chosen.jpg'));
  await photo.expectFound();
  await expect(photo.live).toContainText('joints in');
  await photo.drop(jpegFile(sample('friends.jpg'), 'dropped.jpg'));
  await expect(photo.stage.getByRole('img', { name: 'Photo dropped.jpg' })).toBeVisible();
  await photo.idle();
  await photo.paste(jpegFile(sample('astronaut.jpg'), 'pasted.jpg'));
  await expect(photo.stage.getByRole('img', { name: 'Photo pasted.jpg' })).toBeVisible();
  await photo.expectFound();
});

test('EXIF orientation is applied: a rotated copy opens as a rotated photo', async ({ photo }) => {
  await photo.open();
  const upright = await photo.jpeg(400, 200);
  await photo.choose(jpegFile(withOrientation(upright, 6)));
  await photo.idle();
  const box = await photo.overlay.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(0.5, 1);
  const canvas = photo.stage.locator('canvas').first();
  const isGreen = () =>
    canvas.evaluate((element) => {
      const pixel = new OffscreenCanvas(1, 1).getContext('2d'); // Chromium warns about a canvas that is read more than once
      const { width, height } = element as HTMLCanvasElement;
      pixel?.drawImage(element as HTMLCanvasElement, width * 0.97, height * 0.03, 1, 1, 0, 0, 1, 1);
      const [red = 0, green = 0] = pixel?.getImageData(0, 0, 1, 1).data ?? [];
      return green > 200 && red < 80;
    });
  await expect.poll(isGreen).toBe(true); // the block has moved from the top left to the top right
});

/** Boxes somebody with the crosshair, from the keyboard. */
async function boxByKeyboard(page: Page): Promise<void> {
  for (const key of ['Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'b'])
    await page.keyboard.press(key);
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', ...Array(7).fill('Shift+ArrowDown')]) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
}

test('a person can be boxed with the keyboard alone', { tag: '@journey' }, async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.expectFound();
  await photo.stage.focus();
  await boxByKeyboard(page);
  await expect(page.getByRole('button', { name: /^Person \d in your box/ })).toBeVisible();
});

test('keys count from the moment a photo is open, before the browser has reported its size', async ({ photo, page }) => {
  await page.addInitScript(() => {
    window.ResizeObserver.prototype.observe = () => undefined;
  });
  await photo.open();
  await photo.openSample('Two people');
  await photo.stage.focus();
  await boxByKeyboard(page);
  await expect(page.getByRole('button', { name: /^Person \d in your box/ })).toBeVisible();
});

test('the photo takes up most of the screen, and a sample chosen at the foot of the page scrolls into view', async ({
  photo,
  page,
}) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.expectFound();
  await photo.expectInView(0.6);
  await page.getByRole('region', { name: 'Or try a sample' }).getByRole('button', { name: 'Astronaut' }).click();
  await expect(photo.stage.getByRole('img', { name: /astronaut/i })).toBeVisible();
  await photo.expectInView(0.6);
});

test('the overlay changes with each display option', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.expectFound();
  const seen = [await photo.drawn()];
  const step = async (act: () => Promise<void>) => {
    await act();
    await photo.idle();
    seen.push(await photo.drawn());
  };
  await step(() => page.getByText('all joints', { exact: true }).click());
  await step(() => page.getByRole('button', { name: 'right knee' }).first().click());
  await step(() => page.locator('.segments').getByText('right knee').click());
  await step(() => page.getByLabel('Refinement offsets').check());
  await step(() => page.getByLabel('Skeleton').uncheck());
  expect(new Set(seen).size).toBe(seen.length);
});

test('the steps of the cascade can be inspected, joint by joint', { tag: '@journey' }, async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await page.getByRole('button', { name: 'Show all steps' }).click();
  for (const title of ['Three scales', 'Coarse map', 'Fine crops', 'Fine map', 'Refinement']) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  }
  await page.getByRole('combobox', { name: 'Joint' }).selectOption('nose');
  await expect(page.getByRole('img', { name: 'Fine heat map of the nose' })).toBeVisible();
  await expect(page.getByRole('img', { name: /Refinement of the nose: [\d.]+ px/ })).toBeVisible();
});

test('a button in view as soon as a photo is open leads to the steps of the cascade, however often', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const button = page.getByRole('button', { name: 'Look inside' });
  const panel = page.getByRole('region', { name: 'Inside the cascade' });
  for (const time of ['closed', 'open']) {
    await test.step(time, async () => {
      await expect(button).toBeInViewport({ ratio: 1 });
      await button.click();
      await expect(panel.getByRole('heading', { name: 'Coarse map' })).toBeInViewport({ ratio: 1 });
      await expect(panel).toBeFocused();
      await page.evaluate(() => window.scrollTo(0, 0));
    });
  }
});

test('maps that could not be computed are computed by the button in their place, and the focus is not lost', async ({
  photo,
  page,
}) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  await page.evaluate(() => {
    const { Float32Array: real } = globalThis; // the maps are such arrays; nothing else makes one meanwhile
    const full = () => {
      throw new RangeError('no memory for maps');
    };
    Object.assign(globalThis, { Float32Array: new Proxy(real, { construct: full }), real });
  });
  await page.getByRole('button', { name: 'Show all steps' }).click();
  await page.getByRole('button', { name: 'Close this message' }).click();
  await page.evaluate(() => Object.assign(globalThis, { Float32Array: (globalThis as unknown as { real: unknown }).real }));
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Fine map' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Inside the cascade' })).toBeFocused();
});

test('the pose can be downloaded as JSON, with all 19 joints and as COCO keypoints', { tag: '@journey' }, async ({ photo }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const document = await photo.download();
  expect(document.image).toEqual({ file_name: 'astronaut.jpg', width: 512, height: 512 });
  expect(document.people[0]?.keypoints).toHaveLength(19);
  expect(document.people[0]?.coco_keypoints).toHaveLength(51);
});
