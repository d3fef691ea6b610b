import { expect, type Locator, type Page } from 'playwright/test';
import { jpegFile, sample } from './files';
import { type Given, LONG, PhotoPage } from './photo-page';

const SAMPLES = ['astronaut.jpg', 'dancers.jpg', 'friends.jpg', 'opera.jpg', 'photographer.jpg'];

/** Drives the Annotate screen as a user does. */
export class AnnotatePage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  private readonly scroller: Locator;
  readonly current: Locator;
  readonly saving: Locator;
  private readonly photo: PhotoPage;

  constructor(page: Page) {
    this.page = page;
    this.photo = new PhotoPage(page);
    this.list = page.getByRole('list', { name: 'Images' });
    this.scroller = page.locator('.image-list');
    this.rows = this.list.locator('.image-row');
    this.current = this.list.locator('.image-row[aria-current]');
    this.saving = page.locator('.saving');
  }

  get live(): Locator {
    return this.photo.live;
  }

  async open(): Promise<void> {
    await this.page.goto('./#annotate');
    await this.photo.ready();
  }

  async drop(...files: Given[]): Promise<void> {
    await this.photo.drop(...files);
  }

  async dropPaths(...paths: string[]): Promise<void> {
    await this.photo.dropPaths(...paths);
  }

  /** The row of an image by its file name. */
  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** Opens an image in the editor, scrolling to its row; only rows in sight are in the page. */
  async choose(name: string): Promise<void> {
    await this.scroller.evaluate((list) => list.scrollTo(0, 0));
    await expect(async () => {
      if ((await this.row(name).count()) === 0) {
        await this.scroller.evaluate((list) => {
          const { scrollLeft, scrollTop } = list;
          list.scrollBy(200, 200);
          if (list.scrollLeft === scrollLeft && list.scrollTop === scrollTop) list.scrollTo(0, 0); // at the end: the row has moved meanwhile
        });
      }
      await this.row(name).click({ timeout: 1000 });
    }).toPass();
    await expect(this.current).toContainText(name);
  }

  /** Waits until every image is drafted, once there are images. */
  async drafted(): Promise<void> {
    await expect(this.rows).not.toHaveCount(0);
    await expect(this.page.getByRole('progressbar', { name: 'Drafts' })).toHaveCount(0, { timeout: LONG });
  }

  async saved(): Promise<void> {
    await expect(this.saving).toHaveText('All saved', { timeout: LONG });
  }

  /** Makes `count` images in the page, each a different part of a sample photo. */
  async images(count: number): Promise<Given[]> {
    const sources = SAMPLES.map((name) => sample(name).toString('base64'));
    const made = await this.page.evaluate(
      async ([given, wanted]) => {
        const bitmaps = await Promise.all(
          given.map(async (base64) =>
            createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'image/jpeg' })),
          ),
        );
        const files: string[] = [];
        for (let i = 0; i < wanted; i += 1) {
          const bitmap = bitmaps[i % bitmaps.length];
          if (!bitmap) continue;
          const round = Math.floor(i / bitmaps.length);
          const [width, height] = [bitmap.width - 12 * round, bitmap.height - 9 * round]; // a different part in each round
          const canvas = new OffscreenCanvas(Math.round(width / 2), Math.round(height / 2));
          canvas.getContext('2d')?.drawImage(bitmap, -6 * round, -4 * round, bitmap.width / 2, bitmap.height / 2);
          const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
          files.push(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
        }
        return files;
      },
      [sources, count] as const,
    );
    return made.map((base64, i) => jpegFile(Buffer.from(base64, 'base64'), `image-${i + 1}.jpg`));
  }
}
