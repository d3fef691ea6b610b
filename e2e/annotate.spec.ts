import { AnnotatePage } from './annotate-page';
import { jpegFile } from './files';
import { expect, test } from './test';

const bad = jpegFile(Buffer.from('This is no picture at all.'), 'broken.jpg');

test('twenty images: drafts, one bad file among them, and all is there after the page was closed', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const pictures = await annotate.pictures(20);
  await annotate.drop(...pictures.slice(0, 10), bad, ...pictures.slice(10));
  await expect(page.getByRole('heading', { name: '21 images' })).toBeVisible();
  await annotate.drafted();
  await expect(annotate.row('picture-1.jpg')).toContainText('drafted');
  await page.getByLabel('Which images').selectOption('Failed');
  await expect(annotate.rows).toHaveCount(1);
  await expect(annotate.row('broken.jpg')).toContainText('not a picture');
  await page.getByLabel('Which images').selectOption('All');
  await annotate.choose('picture-3.jpg');
  await page.getByRole('button', { name: 'Accept and next' }).click();
  await expect(annotate.current).toContainText('picture-4.jpg');
  await annotate.saved();
  await page.reload();
  await photo.ready();
  await page.getByRole('button', { name: 'Continue your session of 21 images' }).click();
  await annotate.choose('picture-3.jpg');
  await expect(annotate.current).toContainText('accepted');
});
