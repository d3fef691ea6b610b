import { expect, test } from '../support/test';

test('once loaded, the page works offline, and a photo opened in its own tab is that photo, not the page', {
  tag: '@journey',
}, async ({ photo, page, context }) => {
  await photo.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await photo.ready();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  await expect(photo.live).toContainText('joints in');
  const answer = await page.goto('samples/astronaut.jpg');
  expect(answer?.headers()['content-type']).toContain('image/jpeg');
});
