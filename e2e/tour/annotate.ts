import { AnnotatePage } from '../support/annotate-page';
import { jpegFile } from '../support/files';
import { test } from '../support/test';

test('annotate tour', async ({ photo, page }, { project }) => {
  const annotate = new AnnotatePage(photo.page);
  const shoot = (name: string, fullPage = false) =>
    page.screenshot({ path: `tour/${project.name}-annotate-${name}.png`, fullPage, animations: 'disabled' });
  await annotate.open();
  await shoot('1-welcome', true);
  await annotate.drop(
    ...(await annotate.images(8)),
    jpegFile(Buffer.from('This is no image.'), 'a/long/way/down/broken-photograph.jpg'),
  );
  await annotate.drafted();
  await annotate.choose('image-3.jpg');
  await page.getByRole('button', { name: 'Flag' }).click();
  await annotate.choose('image-2.jpg');
  await page.locator('.annotate-empty').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Accept & next' }).click();
  await annotate.saved();
  await shoot('2-session');
  await shoot('2-session-whole', true);
  await page.getByLabel('Filter').selectOption('Failed');
  await annotate.choose('broken-photograph.jpg');
  await shoot('3-failed');
  await page.getByRole('button', { name: 'Close session' }).click();
  await shoot('4-kept', true);
});
