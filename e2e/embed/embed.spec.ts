/** The built library as others use it: in a page without a bundler (the example) and in a bundled page (consumer.ts). */
import { readFileSync } from 'node:fs';
import { test as cameraTest } from '../support/camera';
import { given, sample } from '../support/files';
import { ROOT } from '../support/sites';
import { test as base, expect } from '../support/test';
import { call, open, PHOTO } from './page';

/** The guide's policies: with the package on the page's own host, and on https://cdn.example. `data:` is added for the icons of the pages under test. */
function policies(): string[] {
  const guide = readFileSync(`${ROOT}docs/embed.md`, 'utf8');
  const all = [...guide.matchAll(/^Content-Security-Policy: (.*)$/gm)].map(([, policy = '']) => policy);
  expect(all).toHaveLength(2);
  return all.map((policy) => policy.replace("img-src 'self'", "img-src 'self' data:"));
}

base("under the guide's policy, a bundled page finds poses in images and video, and gets clear errors", async ({ page }) => {
  const policy = policies()[0]?.replace('img-src', 'img-src https://elsewhere.example'); // from where it gets an image below
  await page.route(/\/embed\/(?!photo)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy ?? '' } });
  });
  const expectQuiet = await open(page, './');

  const { size, backend, all, one, maps } = await call(page, 'noses', PHOTO);
  expect({ size, backend, maps }).toEqual({ size: [1260, 520], backend: 'wasm', maps: [19 * 24 * 24, 19 * 10 * 10] });
  expect(all).toHaveLength(4); // one in each quarter, heads in the upper half
  expect(all.map((nose) => Math.floor((nose?.x ?? 0) / 315)).sort()).toEqual([0, 1, 2, 3]);
  for (const nose of [...all, ...one]) expect(nose?.y).toBeLessThan(260);
  expect(one).toHaveLength(1);
  expect(one[0]?.x).toBeLessThan(315);

  const { scores, after } = await call(page, 'follow', PHOTO, 3);
  expect(scores).toHaveLength(9);
  for (const score of scores) expect(score).toBeGreaterThan(0.3);
  expect(after).toBe(1);
  expect(await call(page, 'followPaused', PHOTO)).toBe(4);

  expectQuiet();
  await page.route('**/nowhere/*', (route) => route.fulfill({ status: 200, body: '<html>' }));
  expect(await call(page, 'refusals', PHOTO)).toEqual([
    'SourceError not-an-image',
    'given up',
    'EngineError weights-unreachable',
    'given up',
    'RangeError: a box needs finite numbers and a size, not 10 x 10 at NaN, 0',
  ]);
  await page.route('https://elsewhere.example/*', (route) =>
    route.fulfill({ contentType: 'image/jpeg', body: sample('dancers.jpg') }),
  );
  expect(await call(page, 'ofAnotherSite', 'https://elsewhere.example/a.jpg')).toBe('SecurityError');
  expect(await call(page, 'stopWaiting')).toBe('given up');
  expect(await call(page, 'withoutEnd', PHOTO)).toBe(4);
  expect(await call(page, 'dispose')).toContain('AbortError');
});

base("code for pose-detection's MoveNet finds people and tracks them", async ({ page }) => {
  const expectQuiet = await open(page, './');
  const { poses, tracked, boxes } = await call(page, 'asMoveNet', PHOTO);
  expect(poses.map(({ name }) => name)).toEqual(Array(4).fill('nose'));
  expect(poses.map(({ x }) => Math.floor((x ?? 0) / 315)).sort()).toEqual([0, 1, 2, 3]);
  expect(tracked).toHaveLength(3);
  expect(new Set(tracked.map(({ id }) => id)).size).toBe(3);
  for (const { xMin, xMax } of boxes) expect(xMax - xMin).toBeLessThan(0.4);
  expectQuiet();
});

base("the engine runs in the thread of the page's own worker", async ({ page }) => {
  const expectQuiet = await open(page, './');
  const { all, followed } = await call(page, 'inOwnWorker', PHOTO);
  expect(all).toHaveLength(4);
  expect(followed.map(([id]) => id)).toEqual([1, 2, 3, 4]);
  for (const nose of [...all, ...followed.map(([, nose]) => nose)]) expect(nose?.y).toBeLessThan(260);
  expectQuiet();
});

base(
  'a page that imports the module from another origin finds poses: a worker of its own origin loads the engine',
  async ({ page }) => {
    const CDN = 'https://cdn.example/posecade/';
    const asked: string[] = [];
    await page.context().route(`${CDN}**`, (route) => {
      const file = new URL(route.request().url()).pathname.replace('/posecade/', '');
      asked.push(file);
      const contentType = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' }[
        file.split('.').pop() ?? ''
      ];
      const headers = { 'access-control-allow-origin': '*', 'content-type': contentType ?? 'application/octet-stream' };
      return route.fulfill({ headers, body: readFileSync(`${ROOT}dist-library/${file}`) });
    });
    const script = `import * as posecade from '${CDN}posecade.js'; Object.assign(window, { posecade });`;
    await page.route('**/elsewhere.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    const body = '<!doctype html><link rel="icon" href="data:," /><script type="module" src="elsewhere.js"></script>';
    const headers = { 'content-type': 'text/html', 'content-security-policy': policies()[1] ?? '' };
    await page.route('**/elsewhere.html', (route) => route.fulfill({ headers, body }));
    const expectQuiet = await open(page, './elsewhere.html');
    const found = await page.evaluate(async (image) => {
      const { createPoseEstimator } = (window as unknown as { posecade: typeof import('posecade') }).posecade;
      const estimator = await createPoseEstimator({ backend: 'wasm' });
      const { people } = await estimator.estimate(await (await fetch(image)).blob());
      await estimator.dispose();
      return people.length;
    }, PHOTO);
    expect(found).toBe(4);
    expect(asked).toEqual(
      expect.arrayContaining(['engine-worker.js', 'models/cascade/weights.bin', 'models/detector/weights.bin']),
    );
    expectQuiet();
  },
);

base('the example without a bundler finds people in a photo, and reports a bad file', { tag: '@journey' }, async ({ page }) => {
  const expectQuiet = await open(page, './example/');
  await expect(page.getByRole('status')).toHaveText('Ready.');
  await page.getByLabel('A photograph').setInputFiles(given('dancers.jpg', 'image/jpeg', sample('dancers.jpg')));
  await expect(page.getByRole('status')).toHaveText('4 found, by wasm.');
  expect(await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height])).toEqual([
    1260, 520,
  ]);
  await page.getByLabel('A photograph').setInputFiles(given('text.jpg', 'image/jpeg', Buffer.from('a text')));
  await expect(page.getByRole('status')).toContainText('That file gives no pose');
  expectQuiet();
});

cameraTest('the example follows somebody in front of the camera, and releases it', async ({ page }) => {
  const expectQuiet = await open(page, './example/');
  const button = page.getByRole('button', { name: 'Camera' });
  await button.click();
  await expect(page.getByRole('status')).toHaveText('Following.');
  await button.click();
  await expect(page.getByRole('status')).toHaveText('The camera is off.');
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull();
  expectQuiet();
});
