import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { given, HEIC, hugePng, jpegFile, sample } from '../support/files';
import type { Given, PhotoPage } from '../support/photo-page';
import { expect, test } from '../support/test';

const text = Buffer.from('Dear reader, this is not an image at all.');
const CASES: readonly (readonly [string, Given, string])[] = [
  ['a text file named .jpg', jpegFile(text), 'not-an-image'],
  ['HEIC', given('IMG_0001.HEIC', 'image/heic', HEIC), 'heic'],
  ['a JPEG cut short', jpegFile(sample('friends.jpg').subarray(0, 20_000)), 'damaged-image'],
  ['an empty file', jpegFile(Buffer.alloc(0)), 'empty-file'],
  ['900 megapixels', given('huge.png', 'image/png', hugePng(30_000, 30_000)), 'too-large'],
  ['a PNG without pixels', given('none.png', 'image/png', hugePng(40, 40)), 'damaged-image'],
  ['JPEG 2000', given('a.jp2', 'image/jp2', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n and so on', 'latin1')), 'other-image'],
  ['PGM', given('a.pgm', '', Buffer.from('P5\n4 4\n255\n and its pixels')), 'other-image'],
  ['sound', given('a.m4a', 'audio/mp4', Buffer.from('\0\0\0\x1cftypM4A \0\0\x02\0M4A isomiso2', 'latin1')), 'sound'],
  ['289 megapixels that the browser does not decode', given('a.png', 'image/png', hugePng(17_000, 17_000)), 'too-large'],
  [
    'an SVG',
    given('a.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    'svg',
  ],
  ['a zip', given('set.zip', 'application/zip', Buffer.from('PK\x03\x04\x14\0', 'latin1')), 'zip'],
  ['another archive', given('set.7z', '', Buffer.from('7z\xbc\xaf\x27\x1c\0', 'latin1')), 'archive'],
  ['a label file', given('labels.json', 'application/json', Buffer.from('{"images": []}')), 'text-file'],
  ['a PDF', given('a.pdf', 'application/pdf', Buffer.from('%PDF-1.7 and so on')), 'pdf'],
];

const hiddenVideo = given('a.jpg', 'image/jpeg', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'));

async function expectNotice(photo: PhotoPage, code: string): Promise<void> {
  const notice = photo.live.locator('.notice');
  await expect(notice).toHaveAttribute('data-code', code);
  await expect(notice).toContainText(/\. .+\./); // a sentence and a next step
}

async function expectStillWorks(photo: PhotoPage): Promise<void> {
  await photo.openSample('Astronaut');
  await photo.expectFound();
  await expect(photo.live.locator('.notice')).toHaveCount(0);
}

test('every kind of bad file gets its own message, and the page keeps working', { tag: '@journey' }, async ({ photo }) => {
  await photo.open();
  for (const [what, file, code] of CASES) {
    await test.step(what, async () => {
      await photo.drop(file);
      await expect(photo.live.locator('.notice')).toContainText(file.name); // not the notice before, which may have the same code
      await expectNotice(photo, code);
    });
  }
  await expectStillWorks(photo);
  await photo.choose(jpegFile(text));
  await expectNotice(photo, 'not-an-image');
  await photo.idle();
  await expect(photo.live).not.toContainText('of 19 joints'); // which is about the photo before
  await photo.choose(hiddenVideo);
  await expectNotice(photo, 'video');
  await expect(photo.people()).not.toHaveCount(0); // the photograph that was open stays open
});

test('a JPEG that lacks only its end opens, and is reported as incomplete', async ({ photo }) => {
  await photo.open();
  await photo.drop(jpegFile(sample('friends.jpg').subarray(0, -2)));
  await photo.expectFound();
  await expect(photo.live).toContainText('The file is incomplete');
});

test('a video named .jpg is recognised by its content, and goes to the Live screen', async ({ photo, page }) => {
  await photo.open();
  await photo.drop(hiddenVideo);
  await expect(page.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page');
  await expectNotice(photo, 'video-unsupported'); // the file is only a header
});

test('a folder is reported as a folder, and the page keeps working', async ({ photo }) => {
  await photo.open();
  await photo.dropPaths(mkdtempSync(join(tmpdir(), 'posecade-')));
  await expectNotice(photo, 'folder');
  await expectStillWorks(photo);
});

test('of several files, the first image opens and the others are reported as ignored', async ({ photo }) => {
  await photo.open();
  await photo.drop(given('notes.txt', 'text/plain', text), jpegFile(sample('astronaut.jpg')), jpegFile(sample('friends.jpg')));
  await expect(photo.live).toContainText('2 other files ignored');
  await photo.expectFound();
});

test('pasting without an image is reported, and the message can be closed', async ({ photo, page }) => {
  await photo.open();
  await photo.paste();
  await expectNotice(photo, 'nothing-given');
  await page.getByRole('button', { name: 'Close this message' }).click();
  await expect(photo.live.locator('.notice')).toHaveCount(0);
  await expectStillWorks(photo);
});
