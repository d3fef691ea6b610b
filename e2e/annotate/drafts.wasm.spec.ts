import { EditorPage } from '../support/editor-page';
import { jpegFile, sample } from '../support/files';
import { LONG } from '../support/photo-page';
import { expect, test } from '../support/test';

const NOSE = 1;

test('the network drafts everybody, and drafts a deleted person again in a drawn box', { tag: '@journey' }, async ({
  photo,
  page,
}) => {
  await page.goto('./#annotate');
  await photo.ready();
  await photo.drop(jpegFile(sample('friends.jpg'), 'friends.jpg'));
  const editor = new EditorPage(page, { width: 900, height: 720 });
  await expect(editor.people()).toHaveCount(2, { timeout: LONG });
  const noses: { x: number; y: number }[] = [];
  for (const person of [0, 1]) {
    await editor.people().nth(person).click();
    noses.push(await editor.joint(NOSE));
  }
  const sides = noses.map(({ x }) => (x < 450 ? 'left' : 'right'));
  expect([...sides].sort()).toEqual(['left', 'right']);
  for (const { y } of noses) expect(y).toBeLessThan(360); // heads are in the upper half

  await editor.people().nth(sides.indexOf('right')).focus();
  await page.keyboard.press('Shift+Delete');
  await expect(editor.people()).toHaveCount(1);
  await page.keyboard.press('n');
  await editor.drag(await editor.onScreen(550, 60), await editor.onScreen(810, 670));
  await expect(editor.said).toHaveText(/^Person drafted: \d+ of 19 joints\.$/, { timeout: LONG });
  const [before] = noses.filter((_, i) => sides[i] === 'right');
  const after = await editor.joint(NOSE);
  expect(Math.hypot(after.x - (before?.x ?? 0), after.y - (before?.y ?? 0))).toBeLessThan(30); // the same person, in another crop
});
