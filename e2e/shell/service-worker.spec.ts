import { expect, test } from '../support/test';

test('a sample photo opened in its own tab is that photo, not the page', async ({ photo, page }) => {
  await photo.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // under the service worker
  await photo.ready();
  const answer = await page.goto('samples/astronaut.jpg');
  expect(answer?.headers()['content-type']).toContain('image/jpeg');
});
