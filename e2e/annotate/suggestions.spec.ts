import { encode } from 'fast-png';
import { EditorPage } from '../support/editor-page';
import { given } from '../support/files';
import { expect, test } from '../support/test';

const SIZE = { width: 800, height: 360 };

test('an uncertain detection is a suggestion, not a label, until a click or a key keeps or dismisses it', async ({
  photo,
  page,
}) => {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3).fill(120);
  await page.goto('./#annotate');
  await photo.ready();
  await photo.drop(given('panorama.png', 'image/png', Buffer.from(encode({ ...SIZE, data, channels: 3 }))));
  const editor = new EditorPage(page, SIZE);
  const suggestions = page.getByRole('list', { name: 'Suggestions' }).getByRole('listitem');
  await expect(editor.people()).toHaveCount(1);
  await expect(suggestions).toHaveCount(1);

  await page.keyboard.press('u');
  await expect(editor.said).toHaveText('Suggestion dismissed.');
  await expect(suggestions).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(suggestions).toHaveCount(1);
  await suggestions.getByRole('button', { name: /^Dismiss/ }).focus();
  await page.keyboard.press('Enter');
  await expect(suggestions).toHaveCount(0);
  await expect(editor.stage).toBeFocused(); // the button is gone
  await page.keyboard.press('ControlOrMeta+z');
  await expect(suggestions).toHaveCount(1);
  await page.keyboard.press('y');
  await expect(editor.said).toHaveText('Suggestion kept.');
  await expect(editor.people()).toHaveCount(2);
  await expect(editor.people().nth(1)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ControlOrMeta+z');

  const middle = await editor.fitted(600, 180); // of the one on the right
  await page.mouse.click(middle.x, middle.y);
  await expect(editor.people()).toHaveCount(2);
  await expect(suggestions).toHaveCount(0);
});
