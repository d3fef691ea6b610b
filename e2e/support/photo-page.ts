import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from 'playwright/test';
import type { poseDocument } from '../../src/app/photo/export';
import { drawing } from './drawing';

/** Timeout for whatever computes, milliseconds; shaders on the CPU take minutes on a slow machine. */
export const LONG = 600_000;

/** A joint as the table shows it. */
export interface Row {
  readonly name: string;
  readonly score: number;
  readonly x: number;
  readonly y: number;
}

/** A file to drop or choose, by its bytes. */
export interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Drives the Photo screen as a user does; the specs say what, this says how. */
export class PhotoPage {
  readonly page: Page;
  readonly engine: Locator;
  readonly live: Locator;
  readonly overlay: Locator;
  readonly stage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.engine = page.getByTestId('engine');
    this.live = page.getByTestId('live');
    this.overlay = page.getByTestId('overlay');
    this.stage = page.getByLabel('Photo with joints');
  }

  /** Opens the page and waits until the engine is ready. query: 'backend=wasm'. */
  async open(query = ''): Promise<void> {
    await this.page.goto(query ? `./?${query}` : './');
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.engine).toHaveAttribute('data-tone', 'good', { timeout: LONG });
  }

  async openSample(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
    await this.idle();
  }

  /** Waits until the photo is open and nothing is being computed. */
  async idle(): Promise<void> {
    await expect(this.stage).toHaveAttribute('aria-busy', 'false', { timeout: LONG });
  }

  /** Expects that the whole viewer is visible without scrolling, and has at least this share of the height below the header. */
  async expectInView(share: number): Promise<void> {
    const measure = () =>
      this.overlay.evaluate((canvas) => {
        const { top, bottom, height } = canvas.getBoundingClientRect();
        const header = document.querySelector('header')?.offsetHeight ?? 0;
        return { inView: top >= 0 && bottom <= window.innerHeight, share: height / (window.innerHeight - header) };
      });
    await expect.poll(async () => (await measure()).inView).toBe(true);
    expect((await measure()).share).toBeGreaterThanOrEqual(share);
  }

  async choose(...files: Given[]): Promise<void> {
    await this.page
      .locator('input[type=file]')
      .first()
      .setInputFiles([...files]);
  }

  /** Drops files that are made in the page. */
  async drop(...files: Given[]): Promise<void> {
    await this.give('drop', files);
  }

  async paste(...files: Given[]): Promise<void> {
    await this.give('paste', files);
  }

  private async give(how: 'drop' | 'paste', files: readonly Given[]): Promise<void> {
    const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
    await this.page.evaluate(
      ([kind, given]) => {
        const data = new DataTransfer();
        for (const { name, mimeType, base64 } of given) {
          data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mimeType }));
        }
        const target = document.querySelector('main') ?? document.body;
        const options = { bubbles: true, cancelable: true };
        if (kind === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
        else
          for (const type of ['dragenter', 'dragover', 'drop'])
            target.dispatchEvent(new DragEvent(type, { ...options, dataTransfer: data }));
      },
      [how, plain] as const,
    );
  }

  /** Drops paths of this machine through the browser's own drag and drop; the only way to drop a folder. */
  async dropPaths(...paths: string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    }
  }

  /** Where a point of the photo (fractions of its width and height) is on the screen. */
  private async at(x: number, y: number): Promise<{ x: number; y: number }> {
    await this.overlay.scrollIntoViewIfNeeded();
    const box = await this.overlay.boundingBox();
    if (!box) throw new Error('the photograph is not on the screen');
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  async clickAt(x: number, y: number): Promise<void> {
    const point = await this.at(x, y);
    await this.page.mouse.click(point.x, point.y);
  }

  async dragBox(x0: number, y0: number, x1: number, y1: number): Promise<void> {
    const [from, to] = [await this.at(x0, y0), await this.at(x1, y1)];
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await this.page.mouse.move(to.x, to.y);
    await this.page.mouse.up();
  }

  async tapAt(x: number, y: number): Promise<void> {
    const point = await this.at(x, y);
    await this.page.touchscreen.tap(point.x, point.y);
  }

  /** Swipes with one finger from one point of the photo to another. */
  async swipe(x0: number, y0: number, x1: number, y1: number): Promise<void> {
    const [from, to] = [await this.at(x0, y0), await this.at(x1, y1)];
    const session = await this.page.context().newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }],
      });
    await touch('touchStart', 0);
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) await touch('touchMove', share);
    await touch('touchEnd', 1);
  }

  people(): Locator {
    return this.page.getByRole('button', { name: /^Person \d/ });
  }

  /** Waits until the photo has been searched and somebody is found. Returns how many people. */
  async expectFound(): Promise<number> {
    await expect(this.people().filter({ hasText: 'automatic' })).not.toHaveCount(0, { timeout: LONG });
    await this.idle();
    return this.people().count();
  }

  /** Waits until the latest request has ended with this many people. */
  async expectPeople(count: number): Promise<void> {
    await expect(this.people()).toHaveCount(count, { timeout: LONG });
    await this.idle();
  }

  async joints(): Promise<Row[]> {
    const rows = await this.page.locator('table tbody tr').allInnerTexts();
    return rows.map((row) => {
      const [name = '', score = '', place = ''] = row.split('\t').map((cell) => cell.trim());
      const [x = Number.NaN, y = Number.NaN] = place.split(', ').map(Number);
      return { name, score: Number(score), x, y };
    });
  }

  /** The poses as the page exports them. */
  async download(): Promise<ReturnType<typeof poseDocument>> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Save JSON' }).click();
    return JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
  }

  /** A hash of what is drawn over the photo. */
  async drawn(): Promise<string> {
    await drawing(this.page);
    return this.overlay.evaluate(async (canvas) => {
      const bytes = new TextEncoder().encode((canvas as HTMLCanvasElement).toDataURL());
      return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
    });
  }

  /** A JPEG painted in the page: a plain background with a green block in its top left tenth. */
  async jpeg(width: number, height: number): Promise<Buffer> {
    const base64 = await this.page.evaluate(
      async ([w, h]) => {
        const canvas = new OffscreenCanvas(w, h);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        context.fillStyle = '#887766';
        context.fillRect(0, 0, w, h);
        context.fillStyle = '#00ff00';
        context.fillRect(0, 0, w / 10, h / 10);
        const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.5 });
        const reader = new FileReader();
        reader.readAsDataURL(blob);
        await new Promise((resolve) => reader.addEventListener('load', resolve));
        return String(reader.result).split(',')[1] ?? '';
      },
      [width, height] as const,
    );
    return Buffer.from(base64, 'base64');
  }

  /** A JPEG that repeats a sample photo, `columns` across and `rows` down. */
  async tiled(sample: string, columns: number, rows: number): Promise<Buffer> {
    const base64 = await this.page.evaluate(
      async ([name, across, down]) => {
        const tile = await createImageBitmap(await (await fetch(`samples/${name}`)).blob());
        const canvas = new OffscreenCanvas(across * tile.width, down * tile.height);
        const context = canvas.getContext('2d');
        for (let i = 0; i < across * down; i += 1)
          context?.drawImage(tile, (i % across) * tile.width, Math.floor(i / across) * tile.height);
        const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
        const reader = new FileReader();
        reader.readAsDataURL(blob);
        await new Promise((resolve) => reader.addEventListener('load', resolve));
        return String(reader.result).split(',')[1] ?? '';
      },
      [sample, columns, rows] as const,
    );
    return Buffer.from(base64, 'base64');
  }
}
