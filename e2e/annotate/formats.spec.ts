import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { AnnotatePage } from '../support/annotate-page';
import { expectNoViolations } from '../support/axe';
import { given } from '../support/files';
import type { Given } from '../support/photo-page';
import { expect, test } from '../support/test';

const FORMATS = [
  ['Everything', 'posecade-labels.zip'],
  ['COCO, 19 joints', 'posecade-coco-19.json'],
  ['COCO, 17 joints', 'posecade-coco-17.json'],
  ['YOLO-pose, 19 joints', 'posecade-yolo-19.zip'],
  ['YOLO-pose, 17 joints', 'posecade-yolo-17.zip'],
  ['MPII style, 16 joints', 'posecade-mpii.json'],
  ['CSV, one row per joint', 'posecade-joints-long.csv'],
  ['CSV, one row per person', 'posecade-joints-wide.csv'],
] as const;

/** Saves the session in one format. */
async function exported(page: Page, format: string, withImages = false, validation = 0): Promise<Given> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('radio', { name: format }).check();
  if (withImages) await page.getByRole('checkbox', { name: 'Include the images' }).check();
  if (validation > 0) await page.getByRole('spinbutton', { name: 'Validation share' }).fill(String(validation));
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const download = await waiting;
  await expect(page.getByText(`${download.suggestedFilename()} saved`)).toBeVisible();
  const bytes = await readFile(await download.path());
  await page.keyboard.press('Escape');
  return given(download.suggestedFilename(), '', bytes);
}

interface Coco {
  images: { file_name: string; width: number; height: number }[];
  annotations: { bbox: number[]; keypoints: number[]; area: number }[];
}

/** Index of the first labelled joint's visibility in COCO's list. */
const labelledIn = (keypoints: readonly number[]) => keypoints.findIndex((value, i) => i % 3 === 2 && value > 0);

/** The session's labels: its COCO-19 export without what differs between two sessions. */
async function labels(page: Page): Promise<unknown> {
  const { images, annotations } = JSON.parse((await exported(page, 'COCO, 19 joints')).buffer.toString()) as Coco;
  expect(annotations.length).toBeGreaterThan(0);
  return [
    images.map(({ file_name, width, height }) => [file_name, width, height]),
    annotations.map(({ bbox, keypoints, area }) => [bbox, keypoints, area]),
  ];
}

async function session(annotate: AnnotatePage, ...files: Given[]): Promise<void> {
  if (await annotate.page.getByRole('button', { name: 'Close session' }).isVisible()) {
    await annotate.page.getByRole('button', { name: 'Close session' }).click();
  }
  await annotate.drop(...files);
  await expect(annotate.rows).toHaveCount(3);
  await annotate.drafted();
}

test('every format is exported, and COCO-19 and YOLO-19 round-trip unchanged', { tag: '@journey' }, async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const images = await annotate.images(3);
  await session(annotate, ...images);
  const files = new Map<string, Given>();
  for (const [format, name] of FORMATS) {
    const file = await exported(page, format);
    expect(file.name).toBe(name);
    expect(file.buffer.length).toBeGreaterThan(300);
    files.set(name, file);
  }
  const all = unzipSync(files.get('posecade-labels.zip')?.buffer ?? Buffer.alloc(0));
  expect(Object.keys(all)).toEqual(
    expect.arrayContaining(['coco-19.json', 'data.yaml', 'labels/image-1.txt', 'joints-wide.csv']),
  );
  const before = await labels(page);

  for (const name of ['posecade-coco-19.json', 'posecade-yolo-19.zip', 'posecade-labels.zip']) {
    const file = files.get(name);
    if (!file) throw new Error(name);
    await session(annotate, ...images, file);
    await expect(annotate.live).toContainText('Imported labels for 3 images.');
    expect(await labels(page)).toEqual(before);
  }

  const whole = await exported(page, 'Everything', true);
  await session(annotate, whole); // a whole session in one file
  await expect(annotate.live).toContainText('Imported labels for 3 images.');
  expect(await labels(page)).toEqual(before);
});

test('each mistake in a label file is listed, and the session stays unchanged', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await session(annotate, ...(await annotate.images(3)));
  const before = await labels(page);
  const file = await exported(page, 'COCO, 19 joints');
  const broken = JSON.parse(file.buffer.toString()) as Coco;
  const [first, second] = broken.images;
  if (!first || !second) throw new Error('there are three');
  first.width += 1;
  second.file_name = 'elsewhere.jpg';
  const { keypoints } = broken.annotations[0] ?? { keypoints: [] };
  keypoints[labelledIn(keypoints)] = 7;
  await annotate.drop(given('broken.json', 'application/json', Buffer.from(JSON.stringify(broken))));
  const dialog = page.getByRole('dialog', { name: 'Labels not imported' });
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await expect(dialog).toContainText('another copy of the image');
  await expect(dialog).toContainText('elsewhere.jpg is not in this session');
  await expect(dialog).toContainText('must be 0, 1 or 2, but here it is 7');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  expect(await labels(page)).toEqual(before);
});

test('an import keeps or replaces reviewed labels, as chosen, and images that are here already are not added again', async ({
  photo,
  page,
}) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const images = await annotate.images(3);
  await session(annotate, ...images);
  const file = await exported(page, 'COCO, 19 joints');
  await page.keyboard.press('Shift+x');
  await expect(annotate.row('image-1.jpg')).toContainText('edited');
  await annotate.drop(file);
  const dialog = page.getByRole('dialog', { name: 'Replace reviewed labels?' });
  await expect(dialog).toContainText('The labels would replace what you edited, accepted or flagged in 1 image.');
  await expectNoViolations(page);
  await dialog.getByRole('button', { name: 'Import for the other images (2)' }).click();
  await expect(annotate.live).toContainText('Imported labels for 2 images. 1 image kept the labels that you edited');
  await expect(annotate.row('image-1.jpg')).toContainText('edited');
  await annotate.drop(...images, file);
  await dialog.getByRole('button', { name: 'Import for 3 images and replace labels of 1' }).click();
  await expect(annotate.live).toContainText('Imported labels for 3 images. 3 images are already here');
  await expect(annotate.row('image-1.jpg')).toContainText('drafted');
  await expect(annotate.rows).toHaveCount(3);
});

test('the label check leads to likely mistakes, and drafts are compared with ground truth', async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await session(annotate, ...(await annotate.images(3)));
  const file = await exported(page, 'COCO, 19 joints');
  const coco = JSON.parse(file.buffer.toString()) as Coco;
  const [first] = coco.annotations;
  first?.keypoints.splice(labelledIn(first.keypoints) - 2, 2, -200, -200);
  await annotate.drop(given('moved.json', 'application/json', Buffer.from(JSON.stringify(coco))));
  await expect(annotate.live).toContainText('Imported labels for 3 images.');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const check = page.getByRole('region', { name: 'Label check' });
  await annotate.choose('image-3.jpg');
  await page.keyboard.press('j');
  await expect(check.locator('[aria-current]')).toContainText('Outside the image');
  await expect(annotate.current).toContainText('image-1.jpg');
  await expectNoViolations(page);
  await check.getByRole('button', { name: 'Mark as correct: image-1.jpg' }).first().click();
  await expect(check.getByText('Outside the image')).toHaveCount(0);
  await check.getByRole('button', { name: 'Close label check' }).click();
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeFocused();

  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('button', { name: 'Choose labels' }).click();
  await (await choosing).setFiles([{ ...file, mimeType: 'application/json' }]);
  const dialog = page.getByRole('dialog', { name: 'Drafts compared with labels' });
  await expect(dialog).toContainText(/posecade-coco-19\.json: \d+ (person|people) in 3 images/);
  await expect(dialog.getByRole('row', { name: /left elbow/ })).toBeVisible();
  await expectNoViolations(page);
  await dialog.getByRole('button', { name: 'image-2.jpg' }).click();
  await expect(annotate.current).toContainText('image-2.jpg');
});

test('unnamed joints are asked for with the last answer filled in, valid labels are imported, and a share is for validation', async ({
  photo,
  page,
}) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  await session(annotate, ...(await annotate.images(3)));
  const file = await exported(page, 'COCO, 17 joints');
  const before = await labels(page);
  const coco = JSON.parse(file.buffer.toString()) as Coco & { categories: { keypoints?: string[] }[] };
  for (const category of coco.categories) delete category.keypoints;
  const nameless = () => given('nameless.json', '', Buffer.from(JSON.stringify(coco)));
  await annotate.drop(nameless());
  const question = page.getByRole('dialog', { name: 'Which joints are these?' });
  await expect(question.getByRole('combobox', { name: 'Joint 3', exact: true })).toHaveValue('2');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await expect(annotate.live).toContainText('Nothing was imported. Drop the files again to answer.');
  await annotate.drop(nameless());
  await question.getByRole('combobox', { name: 'Joint 3', exact: true }).selectOption('drop');
  await question.getByRole('button', { name: 'Import' }).click();
  await expect(annotate.live).toContainText('Imported labels for 3 images.');
  expect(await labels(page)).not.toEqual(before); // neck and head top are gone

  const [first, second] = coco.images;
  if (!first || !second) throw new Error('there are three');
  first.file_name = 'elsewhere.jpg';
  second.width += 1;
  await annotate.drop(nameless());
  await expect(question.getByRole('combobox', { name: 'Joint 3', exact: true })).toHaveValue('drop'); // as answered before
  await question.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Import valid labels (1 of 3 images)' }).click();
  await expect(annotate.live).toContainText('Imported labels for 1 image.');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const set = Object.keys(unzipSync((await exported(page, 'YOLO-pose, 17 joints', true, 40)).buffer));
  for (const split of ['train', 'val']) {
    const names = set.filter((path) => path.startsWith(`images/${split}/`));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(set).toContain(name.replace('images/', 'labels/').replace('.jpg', '.txt'));
  }
});
