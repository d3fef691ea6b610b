import { jpegFile } from '../support/files';
import { expect, test } from '../support/test';

test('a sample photo shows 19 joints, timings, and which engine runs and why', { tag: '@journey' }, async ({ photo, page }) => {
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
  await expect(page.getByText('may miss small or partly hidden people')).toBeVisible();
});

test('a photo of 50 megapixels gets joints in its own pixels', async ({ photo }) => {
  await photo.open();
  await photo.choose(jpegFile(await photo.jpeg(8660, 5774)));
  await photo.idle();
  await photo.dragBox(0.5, 0.2, 0.9, 0.9);
  await photo.expectPeople(1);
  const joints = await photo.joints();
  expect(Math.max(...joints.map(({ x }) => x))).toBeGreaterThan(5100);
});

test('a click adds a person, boxes add more, and each can be removed', { tag: '@journey' }, async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  expect(await photo.expectFound()).toBe(2); // both are found automatically
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
  await expect(page.getByRole('button', { name: 'Remove person 1' })).toBeFocused(); // the other person's, whose row has moved up
  await photo.dragBox(0.55, 0.05, 0.82, 0.97);
  await photo.expectPeople(2);
  await expect(page.getByRole('button', { name: /^Person 2 in your box/ })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Start over' }).click();
  expect(await photo.expectFound()).toBe(2);
});

test('a crowd appears batch by batch, with a progress bar', async ({ photo, page }) => {
  await photo.open();
  await page.evaluate(() => {
    const seen: { readonly text: string; readonly people: number }[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const bar = document.querySelector('progress[aria-label="Poses estimated"]');
      if (!bar) return;
      seen.push({ text: bar.parentElement?.textContent ?? '', people: document.querySelectorAll('.people li').length });
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await photo.choose(jpegFile(await photo.tiled('dancers.jpg', 3, 5), 'crowd.jpg'));
  const found = await photo.expectFound();
  expect(found).toBeGreaterThan(30);
  await expect(page.getByRole('progressbar', { name: 'Poses estimated' })).toBeHidden();
  const seen = await page.evaluate(() => (window as unknown as { seen: { text: string; people: number }[] }).seen);
  expect(seen).toContainEqual({ text: expect.stringMatching(/^Estimating poses: \d+%$/), people: expect.any(Number) });
  expect(seen.some(({ people }) => people > 0 && people < found)).toBe(true); // while the others are still waiting
});
