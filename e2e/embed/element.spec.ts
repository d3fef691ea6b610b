/** The custom elements and the React hook, on a page built with a bundler from the package. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PosesDetail } from 'posecade/element';
import { expectNoViolations } from '../support/axe';
import { test as cameraTest } from '../support/camera';
import { expect, test } from '../support/test';
import { call, open, PHOTO } from './page';

test('<pose-image> shows everybody in an image, fires events, and reports a file that it cannot open', async ({ page }) => {
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

  await page.locator('pose-image').evaluate((one, address) => {
    one.addEventListener('statuschange', () => one.toggleAttribute('mirrored')); // redraws what is shown in the meantime
    const shown = new Promise((resolve) => one.addEventListener('poses', resolve, { once: true }));
    one.setAttribute('alt', '');
    one.setAttribute('max-people', '2');
    one.setAttribute('src', `${address}#again`);
    return shown.then(() => undefined);
  }, PHOTO);
  await expect(page.getByRole('img', { name: '2 people', exact: true })).toBeVisible();
  expect((await call(page, 'takeHeard')).filter((state) => state === 'starting')).toHaveLength(1); // once for both attributes
  await page.locator('pose-image').evaluate((one) => one.setAttribute('alt', 'The same'));
  await expect(page.getByRole('img', { name: 'The same: 2 people' })).toBeVisible();
  expectQuiet();

  await page.route('**/text.jpg', (route) => route.fulfill({ body: 'a text' }));
  await page.locator('pose-image').evaluate((one) => one.setAttribute('src', 'text.jpg'));
  await expect(page.getByRole('status')).toHaveText('That is not an image.');
  await expect(page.getByRole('img')).toHaveCount(0); // the dancers are not in that file
  expect((await call(page, 'takeHeard')).at(-1)).toBe('failed');
  expectQuiet();
});

test('<pose-image> gives joints in the pixels of a huge image, although it is reduced while it is decoded', async ({ page }) => {
  const expectQuiet = await open(page, './');
  const WIDTH = 6300;
  await call(page, 'mountElement', 'pose-image', { alt: 'Dancers' });
  const found = await page.evaluate(
    async ([address, width]) => {
      const photo = await createImageBitmap(await (await fetch(address)).blob(), { resizeWidth: width });
      const canvas = Object.assign(document.createElement('canvas'), { width, height: (width * 2) / 3 });
      canvas.getContext('2d')?.drawImage(photo, 0, 0);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
      const element = document.querySelector('pose-image');
      const detail = new Promise<PosesDetail>((resolve) => {
        element?.addEventListener('poses', (event) => resolve(event.detail));
      });
      element?.setAttribute('src', URL.createObjectURL(blob ?? new Blob()));
      const { width: told, people } = await detail;
      return { told, quarters: people.map(({ pose: [nose] }) => Math.floor((4 * (nose?.x ?? 0)) / width)).sort() };
    },
    [PHOTO, WIDTH] as const,
  );
  expect(found).toEqual({ told: WIDTH, quarters: [0, 1, 2, 3] });
  expectQuiet();
});

test('several <pose-image> decode their images one after the other', async ({ page }) => {
  const expectQuiet = await open(page, './');
  const steps = await page.evaluate(async (src) => {
    const steps: string[] = [];
    const decode = window.createImageBitmap;
    Object.assign(window, {
      createImageBitmap: (...given: Parameters<typeof decode>) => {
        if (given[0] instanceof Blob) steps.push('decode');
        return decode(...given);
      },
    });
    const COUNT = 3;
    await new Promise<void>((resolve) => {
      document.addEventListener('poses', () => steps.push('poses') === 2 * COUNT && resolve());
      for (let i = 0; i < COUNT; i += 1) {
        const image = document.createElement('pose-image');
        for (const [name, value] of [
          ['backend', 'wasm'],
          ['model-url', 'models/cascade'],
          ['src', src],
        ] as const)
          image.setAttribute(name, value);
        document.body.append(image);
      }
    });
    return steps;
  }, PHOTO);
  expect(steps).toEqual(Array(3).fill(['decode', 'poses']).flat());
  expectQuiet();
});

test('<pose-image> reports missing weights in a sentence, and works with a new model-url', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await page.route('**/nowhere/*', (route) => route.fulfill({ status: 200, body: '<html>' }));
  await page.evaluate(() => {
    const readOut: (string | undefined)[][] = [];
    document.addEventListener('statuschange', ({ target }) => {
      const status = (target as Element).shadowRoot?.querySelector('[role=status]');
      readOut.push([status?.textContent ?? '', status?.getAttribute('aria-live') ?? undefined]);
    });
    Object.assign(window, { readOut });
  });
  await call(page, 'mountElement', 'pose-image', { src: PHOTO, 'model-url': 'nowhere' });
  await expect(page.getByRole('status')).toContainText('The model could not be downloaded.');
  const readOut = await page.evaluate(() => (window as unknown as { readOut: string[][] }).readOut);
  expect(readOut).toContainEqual(['Loading the model, 0%', 'off']);
  expect(readOut.at(-1)).toEqual([expect.stringContaining('could not be downloaded'), 'polite']);
  await page.locator('pose-image').evaluate((one, src) => {
    one.setAttribute('model-url', 'models/cascade');
    one.setAttribute('src', src);
  }, PHOTO);
  await expect(page.getByRole('img', { name: 'Image: 4 people' })).toBeVisible();
  expectQuiet();
});

cameraTest('<pose-camera> releases the camera at once, even while the model is loading', async ({ page }) => {
  const expectQuiet = await open(page, './');
  const slow = createServer(() => undefined).listen(0); // never answers
  const { port } = slow.address() as AddressInfo;
  await page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => Object.assign(window, { stream: await ask(wanted) }).stream;
  });
  await call(page, 'mountElement', 'pose-camera', { 'model-url': `http://localhost:${port}/` });
  const state = () =>
    page.evaluate(() => (window as unknown as { stream?: MediaStream }).stream?.getTracks().map((track) => track.readyState));
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect.poll(state).toEqual(['live']);
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await expect.poll(state).toEqual(['ended']);
  await expect(page.getByRole('status')).toHaveText('');
  expectQuiet();
  slow.closeAllConnections();
  slow.close();
});

cameraTest('<pose-camera> starts with its button, follows the person in view, and stops', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await call(page, 'mountElement', 'pose-camera', { mirrored: '', smoothing: '0.5' });
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.getByRole('img', { name: 'Camera: 1 person' })).toBeVisible();
  await expectNoViolations(page);
  const send = (event: string) =>
    page.locator('pose-camera').evaluate((one, type) => {
      const { srcObject } = one.shadowRoot?.querySelector('video') ?? {};
      if (srcObject instanceof MediaStream) srcObject.getTracks()[0]?.dispatchEvent(new Event(type));
    }, event);
  await send('mute');
  await expect(page.getByRole('status')).toContainText('The camera is not sending any video.');
  await send('unmute');
  await expect(page.getByRole('status')).toHaveText('');
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(0);
  const heard = await call(page, 'takeHeard');
  expect(heard).toContain('1 people');
  expect(heard.at(-1)).toBe('idle');
  expectQuiet();
});

cameraTest('usePoses reports its state when it changes, not with every frame', async ({ page }) => {
  const expectQuiet = await open(page, './');
  await call(page, 'mountReact');
  await page.getByRole('button', { name: 'Go' }).click();
  await expect(page.locator('output')).toHaveText('1 in view'); // from the second frame on
  const states = await call(page, 'takeHeard');
  expect(states).not.toContain('running'); // which would change twice a frame
  expect(states.filter((state) => state === 'ready')).toHaveLength(1);
  expectQuiet();
});
