/** The custom elements and the React hook, on a page built with a bundler from the package. */
import { expectNoViolations } from '../support/axe';
import { test as cameraTest } from '../support/camera';
import { expect, test } from '../support/test';
import { call, open, PHOTO } from './page';

test('<pose-image> shows everybody in an image, tells of them, and says what it cannot open', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await call(page, 'mountElement', 'pose-image', {
    src: PHOTO,
    alt: 'Dancers',
    show: 'image skeleton boxes',
    'max-people': '3',
  });
  await expect(page.getByRole('img', { name: 'Dancers: 3 people' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('');
  expect((await call(page, 'takeHeard')).slice(-3)).toEqual(['running', 'idle', '3 people']);
  const shape = await page.locator('pose-image').evaluate((one) => one.clientWidth / one.clientHeight);
  expect(shape).toBeCloseTo(1260 / 520, 1);
  await expectNoViolations(page);

  await page.route('**/text.jpg', (route) => route.fulfill({ body: 'a text' }));
  await page.locator('pose-image').evaluate((one) => one.setAttribute('src', 'text.jpg'));
  await expect(page.getByRole('status')).toHaveText('That is not an image.');
  expect((await call(page, 'takeHeard')).at(-1)).toBe('failed');
  expectQuiet();
});

test('<pose-image> says in a sentence that the weights are not there', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await page.route('**/nowhere/*', (route) => route.fulfill({ status: 200, body: '<html>' }));
  await call(page, 'mountElement', 'pose-image', { src: PHOTO, 'model-url': 'nowhere' });
  await expect(page.getByRole('status')).toContainText('The model could not be downloaded.');
  expectQuiet();
});

cameraTest('<pose-camera> starts by its button, follows who is there, and stops', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await call(page, 'mountElement', 'pose-camera', { mirrored: '', smoothing: '0.5' });
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.getByRole('img', { name: 'Camera: 1 person' })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();
  const heard = await call(page, 'takeHeard');
  expect(heard).toContain('1 people');
  expect(heard.at(-1)).toBe('idle');
  expectQuiet();
});

cameraTest('usePoses gives a component who is in the video', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await call(page, 'mountReact');
  await page.getByRole('button', { name: 'Go' }).click();
  await expect(page.locator('output')).toHaveText('1 in view');
  expectQuiet();
});
