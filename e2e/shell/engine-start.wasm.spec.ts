import { jpegFile, sample } from '../support/files';
import { expect, test } from '../support/test';

test.describe('when the model cannot be loaded', () => {
  test.use({ expected: /Failed to load resource/ });

  test('the page reports it, and works after a retry', async ({ photo, page }) => {
    await page.route('**/weights.bin', (route) => route.abort());
    await page.goto('./');
    await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'weights-unreachable');
    await expect(photo.engine).toHaveAttribute('data-tone', 'bad');
    await page.unroute('**/weights.bin');
    await page.getByRole('button', { name: 'Try again' }).click();
    await photo.ready();
    await expect(photo.live.locator('.notice')).toHaveCount(0);
    await photo.openSample('Astronaut');
    await photo.expectFound();
  });

  test('a damaged download is reported as damaged, not as unreachable', async ({ photo, page }) => {
    await page.route('**/weights.bin', (route) => route.fulfill({ body: Buffer.alloc(1000) }));
    await page.goto('./');
    await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'weights-damaged');
  });
});

test('the download is shown in MB, and a photo dropped meanwhile is processed once the engine is ready', async ({
  photo,
  page,
}) => {
  await page.addInitScript(() => {
    const texts: string[] = [];
    Object.assign(window, { texts });
    new MutationObserver(() => texts.push(document.querySelector('[data-testid=engine]')?.textContent ?? '')).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const held: (() => Promise<void>)[] = [];
  await page.route('**/weights.bin', (route) => {
    held.push(() => route.continue());
  });
  await page.goto('./');
  await photo.drop(jpegFile(sample('astronaut.jpg')));
  await expect(photo.stage).toHaveAttribute('aria-busy', 'true');
  await expect.poll(() => held.length).toBe(2); // the cascade's and the detector's
  for (const go of held) await go();
  await photo.expectFound();
  const texts = await page.evaluate(() => (window as unknown as { texts: string[] }).texts);
  expect(texts).toContainEqual(expect.stringMatching(/^Downloading the model\d+\.\d of \d+\.\d MB$/));
});

test('without WebGPU, WebAssembly runs and the page says why, even if WebGPU was requested', async ({ photo }) => {
  for (const query of ['', 'backend=webgpu']) {
    await photo.open(query);
    await expect(photo.engine).toContainText('WebAssembly');
    await expect(photo.engine).toHaveAttribute('title', /no WebGPU/i);
  }
});

test.describe('when WebAssembly does not start either', () => {
  test.use({ expected: /Failed to load resource|Failed to fetch|wasm/i });

  test('the page reports that the browser is not supported', async ({ photo, page }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('./');
    await expect(photo.live.locator('.notice')).toHaveAttribute('data-code', 'no-backend');
    await expect(photo.engine).toContainText('Not supported');
  });
});
