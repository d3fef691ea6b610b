import { AnnotatePage } from '../support/annotate-page';
import { given } from '../support/files';
import { test } from '../support/test';

test('annotate formats tour', async ({ photo, page }, { project }) => {
  const annotate = new AnnotatePage(photo.page);
  const shoot = (name: string) => page.screenshot({ path: `tour/${project.name}-formats-${name}.png`, animations: 'disabled' });
  await annotate.open();
  await annotate.drop(...(await annotate.images(5)));
  await annotate.drafted();
  await page.getByRole('button', { name: 'Export' }).click();
  await shoot('1-export');
  await page.getByRole('radio', { name: 'COCO, 19 joints' }).check();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const bytes = await (await waiting).createReadStream().then(async (stream) => {
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  });
  await shoot('2-saved');
  await page.keyboard.press('Escape');
  const text = bytes.toString();
  const file = JSON.parse(text) as { images: { file_name: string; width: number }[]; annotations: { keypoints: number[] }[] };
  for (const person of file.annotations.slice(0, 3)) person.keypoints.splice(0, 3, -20, -30, 5);
  file.images.slice(0, 2).forEach((image) => {
    image.width += 7;
  });
  await annotate.drop(given('labels.json', '', Buffer.from(JSON.stringify(file))));
  await page.getByRole('dialog').waitFor();
  await shoot('3-problems');
  await page.keyboard.press('Escape');
  const moved = JSON.parse(text) as { annotations: { keypoints: number[] }[] };
  for (const { keypoints } of moved.annotations) {
    const at = keypoints.findIndex((value, i) => i % 3 === 2 && value > 0);
    keypoints.splice(at - 2, 2, -20, -30);
  }
  await annotate.drop(given('moved.json', '', Buffer.from(JSON.stringify(moved))));
  await page.getByText('imported').waitFor();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('region', { name: 'Label check' }).getByRole('button', { name: 'Next' }).click();
  await page.waitForTimeout(800);
  await shoot('4-check');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('button', { name: 'Choose labels' }).click();
  await (await choosing).setFiles([{ name: 'truth.json', mimeType: 'application/json', buffer: Buffer.from(text) }]);
  await page.getByRole('dialog').waitFor();
  await shoot('5-compare');
});
