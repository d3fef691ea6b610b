import { expect, type Locator, type Page } from 'playwright/test';
import { JOINTS } from '../../src/pose/skeleton';
import { drawing } from './drawing';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Drives the annotation editor as a user does. Points are in pixels of the image unless they are said to be on the screen. */
export class EditorPage {
  readonly page: Page;
  readonly overlay: Locator;
  readonly said: Locator;
  readonly stage: Locator;
  readonly size: { readonly width: number; readonly height: number };

  /** size: of the open image, pixels. */
  constructor(page: Page, size: { readonly width: number; readonly height: number }) {
    this.page = page;
    this.size = size;
    this.overlay = page.getByTestId('editor-overlay');
    this.said = page.getByTestId('editor-said');
    this.stage = page.getByRole('application', { name: /^Image .*with the joints of/ });
  }

  people(): Locator {
    return this.page.getByRole('button', { name: /^Person \d/ });
  }

  tool(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  row(joint: string): Locator {
    return this.page.getByRole('row', { name: joint });
  }

  /** Fits the whole image, and returns where a point of it then is on the screen. */
  async fitted(x: number, y: number): Promise<Point> {
    await this.page.keyboard.press('f');
    return this.onScreen(x, y);
  }

  /** Where a point is on the screen, to the pixel, while the whole image is fitted. */
  async onScreen(x: number, y: number): Promise<Point> {
    await this.overlay.scrollIntoViewIfNeeded();
    const box = await this.overlay.boundingBox();
    if (!box) throw new Error('the editor is not on the screen');
    const scale = Math.min(box.width / this.size.width, box.height / this.size.height);
    return {
      // wheel events have whole pixels only
      x: Math.round(box.x + (box.width - scale * this.size.width) / 2 + x * scale),
      y: Math.round(box.y + (box.height - scale * this.size.height) / 2 + y * scale),
    };
  }

  /** Selects a joint by its number, and reads where the page says it is. */
  async joint(number: number): Promise<Point> {
    const said = new RegExp(`^${JOINTS[number - 1]?.replace('_', ' ')}: .*at \\d+, \\d+\\.$`, 'i');
    await expect(async () => {
      // A digit soon after a 1 counts as its second digit; after a 9 none does.
      for (const digit of `9${number}`) await this.page.keyboard.press(digit);
      await expect(this.said).toHaveText(said, { timeout: 2000 }); // on a busy machine the second digit may come too late to count as one
    }).toPass();
    return this.place();
  }

  /** The position that the page announced last. */
  async place(): Promise<Point> {
    const [, x, y] = /at (\d+), (\d+)\.$/.exec((await this.said.textContent()) ?? '') ?? [];
    return { x: Number(x), y: Number(y) };
  }

  async drag(from: Point, to: Point, steps = 4): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps });
    await this.page.mouse.up();
  }

  /** Moves fingers, each from one point of the screen to another. */
  async touch(...fingers: (readonly [Point, Point])[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const at = (share: number) =>
      fingers.map(([from, to], id) => ({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), id }));
    for (const count of fingers.keys())
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0).slice(0, count + 1) });
    for (const share of [0.25, 0.5, 0.75, 1])
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(share) });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await session.detach();
  }

  async zoom(): Promise<number> {
    return Number.parseInt((await this.page.getByLabel('Zoom', { exact: true }).textContent()) ?? '', 10);
  }

  /** A hash of what is drawn over the image. */
  async drawn(): Promise<string> {
    await drawing(this.page);
    return this.overlay.evaluate(async (canvas) => {
      const bytes = new TextEncoder().encode((canvas as HTMLCanvasElement).toDataURL());
      return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
    });
  }
}
