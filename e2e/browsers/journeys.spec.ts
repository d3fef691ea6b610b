/** A journey through each screen in Firefox and WebKit, with the network on WebAssembly. */

import { sample } from '../support/files';
import { isInstalled, OTHER_BROWSERS, type OtherBrowser } from '../support/other-browsers';
import { addressOf } from '../support/sites';
import { expect } from '../support/test';
import { CODE, FRAMES, frameAt, numberShown, test } from '../support/video';

const ADDRESS = addressOf('app');
/** Milliseconds; a page that hangs in a browser must not take up the whole suite's time. */
const WAIT = { timeout: 120_000 };

/** The text of every element that matches a selector. */
const texts = (browser: OtherBrowser, selector: string) =>
  browser.run((all) => [...document.querySelectorAll<HTMLElement>(all)].map((one) => one.innerText), selector);

/** Clicks the first button or link whose text or label starts with `name`, once it is there. */
async function press(browser: OtherBrowser, name: string): Promise<void> {
  const pressed = () =>
    browser.run((wanted) => {
      const all = [...document.querySelectorAll<HTMLElement>('dialog[open] button, button, a')];
      const one = all.find((each) => (each.getAttribute('aria-label') ?? each.innerText).trim().startsWith(wanted));
      one?.click();
      return one !== undefined;
    }, name);
  await expect.poll(pressed, WAIT).toBe(true);
}

async function drop(browser: OtherBrowser, name: string, type: string, bytes: Buffer): Promise<void> {
  await browser.run(
    (called, kind, base64) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], called, { type: kind }));
      for (const event of ['dragenter', 'dragover', 'drop']) {
        const dragged = new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer: data });
        if (!dragged.dataTransfer?.files.length) Object.defineProperty(dragged, 'dataTransfer', { value: data }); // WebKit ignores the one in the options
        document.querySelector('main')?.dispatchEvent(dragged);
      }
    },
    name,
    type,
    bytes.toString('base64'),
  );
}

/** Opens a screen and waits until the engine is ready. */
async function open(browser: OtherBrowser, screen: string): Promise<void> {
  await browser.open(`${ADDRESS}#${screen}`);
  const tone = () => browser.run(() => document.querySelector<HTMLElement>('[data-testid=engine]')?.dataset.tone);
  await expect.poll(tone, WAIT).toBe('good');
}

const noNotice = async (browser: OtherBrowser) => expect(await texts(browser, '.notice')).toEqual([]);

for (const kind of OTHER_BROWSERS) {
  test.describe(kind.name, () => {
    test.skip(!isInstalled(kind), `${kind.name} is not installed (Debian: apt-get install ${kind.packages})`);
    let browser: OtherBrowser;

    test.beforeEach(async () => {
      browser = await kind.start();
    });
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern, and would open a page of its own for any other
    test.afterEach(async ({}, info) => {
      try {
        if (info.status !== info.expectedStatus) {
          await info.attach('screenshot', { body: await browser.screenshot(), contentType: 'image/png' });
        }
      } finally {
        await browser.close();
      }
    });

    test('Photo: people are found in a sample and in a dropped file, and the photo can be zoomed', async () => {
      await open(browser, 'photo');
      expect(await texts(browser, '.page-status')).toEqual([]); // canvases give back what was painted
      await press(browser, 'Two people');
      await expect.poll(() => texts(browser, '.people strong'), WAIT).toEqual(['Person 1', 'Person 2']);
      await drop(browser, 'dancers.jpg', 'image/jpeg', sample('dancers.jpg'));
      await expect.poll(async () => (await texts(browser, '.people strong')).length, WAIT).toBe(4);
      await press(browser, 'Zoom in');
      await expect.poll(() => texts(browser, '.zoom')).toEqual(['150%']);
      await noNotice(browser);
    });

    test('Annotate: samples are drafted and saved, and restored after a reload', async () => {
      await open(browser, 'annotate');
      await press(browser, 'Try the sample photos');
      await expect.poll(() => texts(browser, '.image-row'), WAIT).not.toHaveLength(0);
      await expect.poll(() => browser.run(() => document.querySelector('progress[aria-label=Drafts]') === null), WAIT).toBe(true);
      await expect.poll(() => texts(browser, '.saving'), WAIT).toEqual(['All saved']);
      await press(browser, 'Accept & next');
      await expect.poll(() => texts(browser, '.saving'), WAIT).toEqual(['All saved']);
      const rows = await texts(browser, '.image-row');
      await noNotice(browser);
      await browser.open('about:blank');
      await open(browser, 'annotate');
      await press(browser, 'Resume session');
      await expect.poll(() => texts(browser, '.image-row'), WAIT).toHaveLength(rows.length);
      await expect.poll(async () => (await texts(browser, '.image-row')).join(), WAIT).toContain('accepted');
    });

    if (kind.name === 'WebKit') return; // WebKitGTK may never end a seek once a video has come to its end, also where it loops

    test('Live: a video loops, pauses, and steps back and forth through every frame', async ({ moving }) => {
      await open(browser, 'live');
      const plays = await browser.run(() => document.createElement('video').canPlayType('video/webm;codecs=vp9'));
      test.skip(plays === '', `${kind.name} plays no VP9 here`);
      await drop(browser, 'moving.webm', 'video/webm', moving.buffer);
      const repeat = () =>
        browser.run(() => {
          const box = document.querySelector<HTMLElement>('.video-controls input[type=checkbox]');
          box?.click();
          return box !== null;
        });
      await expect.poll(repeat, WAIT).toBe(true);
      const button = async () => (await texts(browser, '.video-controls button:first-child'))[0] ?? '';
      if ((await button()) === 'Play') await press(browser, 'Play'); // it had ended by then
      const frame = () => browser.run(numberShown, CODE);
      await expect.poll(frame, WAIT).toBeGreaterThan(8);
      await press(browser, 'Pause');
      await expect.poll(button, WAIT).toBe('Play');
      const seeks = () => browser.run(() => document.querySelector('video')?.seeking);
      await expect.poll(seeks, WAIT).toBe(false); // a pause seeks to the frame on the screen
      const first = frameAt(await browser.run(() => document.querySelector('video')?.currentTime ?? Number.NaN));
      await expect.poll(frame, WAIT).toBe(FRAMES[first]); // it may arrive a moment later
      const expectFrames = async (name: string, numbers: readonly number[]) => {
        for (const number of numbers) {
          await press(browser, name);
          await expect.poll(frame, WAIT).toBe(number);
        }
      };
      await expectFrames('Previous frame', [...FRAMES.slice(0, first).reverse(), 0]); // and stays at the first
      await expectFrames('Next frame', [...FRAMES.slice(1), ...FRAMES.slice(-1)]);
      await noNotice(browser);
    });
  });
}
