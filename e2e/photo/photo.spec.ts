import { jpegFile, sample, withOrientation } from '../support/files';
import { expect, test } from '../support/test';

test('a sample photograph gets 19 joints, times and an engine that says why', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.expectFound();
  const joints = await photo.joints();
  expect(joints).toHaveLength(19);
  for (const { x, y, score } of joints) {
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(Number.isFinite(x + y)).toBe(true);
  }
  await expect(photo.live).toContainText(/\d+ of 19 joints in .* on WebAssembly/);
  await expect(page.getByRole('columnheader', { name: 'Offset' })).toBeHidden();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Offset' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Inference time' })).toContainText('Total');
  await expect(page.getByRole('region', { name: 'Engine' })).toContainText(/WebAssembly: \w+/);
  await expect(page.getByText('may miss small or half-hidden people')).toBeVisible();
});

test('a photograph can be chosen, dropped and pasted', async ({ photo }) => {
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

test('EXIF orientation is honoured: a turned copy gives a turned photograph', async ({ photo }) => {
  await photo.open();
  const upright = await photo.jpeg(400, 200);
  await photo.choose(jpegFile(withOrientation(upright, 6)));
  await photo.idle();
  const box = await photo.overlay.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(0.5, 1);
  const green = await photo.stage
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext('2d');
      return [...(context?.getImageData(width * 0.97, height * 0.03, 1, 1).data ?? [])];
    });
  expect(green[1]).toBeGreaterThan(200); // the block has gone from the top left to the top right
  expect(green[0]).toBeLessThan(80);
});

test('a photograph of 50 megapixels works, in its own coordinates', async ({ photo }) => {
  await photo.open();
  await photo.choose(jpegFile(await photo.jpeg(8660, 5774)));
  await photo.idle();
  await photo.dragBox(0.5, 0.2, 0.9, 0.9);
  await photo.expectPeople(1);
  const joints = await photo.joints();
  expect(Math.max(...joints.map(({ x }) => x))).toBeGreaterThan(4330);
});

test('a click poses a person, boxes pose several, and each can be removed', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  expect(await photo.expectFound()).toBe(2); // each of them, by itself
  const remove = page.getByRole('button', { name: /^Remove person/ });
  await remove.first().click();
  await remove.first().click();
  await photo.expectPeople(0);
  await photo.clickAt(0.7, 0.3);
  await expect(page.getByRole('button', { name: /^Person 1 clicked/ })).toBeVisible();
  await photo.dragBox(0.18, 0.08, 0.5, 0.97);
  await photo.expectPeople(2);
  await page.getByRole('button', { name: 'Remove person 1' }).click();
  await photo.expectPeople(1);
  await photo.dragBox(0.55, 0.05, 0.82, 0.97);
  await photo.expectPeople(2);
  await expect(page.getByRole('button', { name: /^Person 2 in your box/ })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Clear clicks and boxes' }).click();
  expect(await photo.expectFound()).toBe(2);
});

test('a person can be boxed with the keyboard alone', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.stage.focus();
  for (const key of ['Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'b'])
    await page.keyboard.press(key);
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', ...Array(7).fill('Shift+ArrowDown')]) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Person \d in your box/ })).toBeVisible();
});

test('the overlay shows what is asked for', async ({ photo, page }) => {
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

test('the cascade can be looked into, joint by joint', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await page.getByRole('button', { name: 'Show all steps' }).click();
  for (const title of ['Three scales', 'Coarse map', 'Fine crops', 'Fine map', 'Refinement']) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  }
  await page.getByRole('combobox', { name: 'Joint' }).selectOption('nose');
  await expect(page.getByRole('img', { name: 'Fine heat-map of the nose' })).toBeVisible();
  await expect(page.getByRole('img', { name: /Refinement of the nose: [\d.]+ px/ })).toBeVisible();
});

test('the pose can be downloaded as JSON, for COCO and in full', async ({ photo }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const document = await photo.download();
  expect(document.image).toEqual({ file_name: 'astronaut.jpg', width: 512, height: 512 });
  expect(document.people[0]?.keypoints).toHaveLength(19);
  expect(document.people[0]?.coco_keypoints).toHaveLength(51);
});
