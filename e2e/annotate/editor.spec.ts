import { devices, type Page } from 'playwright/test';
import { expectNoViolations } from '../support/axe';
import { EditorPage } from '../support/editor-page';
import { jpegFile, sample } from '../support/files';
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect, test } from '../support/test';

const SIZE = { width: 900, height: 720 };
const [NOSE, LEFT_ELBOW, LEFT_WRIST, RIGHT_WRIST] = [1, 8, 10, 11];
/** A box around the person on the right of the sample. */
const OTHER = [550, 60, 810, 670] as const;

async function open(photo: PhotoPage, page: Page): Promise<EditorPage> {
  await page.goto('./#annotate');
  await photo.ready();
  await photo.drop(jpegFile(sample('friends.jpg'), 'friends.jpg'));
  const editor = new EditorPage(page, SIZE);
  await expect(editor.people()).toHaveCount(2, { timeout: LONG });
  await editor.people().first().click();
  const other = (await editor.joint(NOSE)).x > OTHER[0] ? 0 : 1;
  await editor.people().nth(other).focus();
  await page.keyboard.press('Shift+Delete');
  await expect(editor.people()).toHaveCount(1);
  return editor;
}

test('a joint drag is undone and redone, and Escape cancels a drag in progress', { tag: '@journey' }, async ({ photo, page }) => {
  const editor = await open(photo, page);
  const wrist = await editor.joint(LEFT_WRIST);
  const from = await editor.fitted(wrist.x, wrist.y);
  const to = await editor.onScreen(wrist.x - 30, wrist.y + 40);
  await editor.drag(from, to);
  await expect(editor.said).toHaveText('Left wrist moved.');
  const moved = await editor.joint(LEFT_WRIST);
  expect(Math.abs(moved.x - (wrist.x - 30))).toBeLessThanOrEqual(1);
  expect(Math.abs(moved.y - (wrist.y + 40))).toBeLessThanOrEqual(1);

  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.said).toHaveText('Undone: left wrist moved.');
  expect(await editor.joint(LEFT_WRIST)).toEqual(wrist);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(editor.said).toHaveText('Redone: left wrist moved.');
  expect(await editor.joint(LEFT_WRIST)).toEqual(moved);

  await page.mouse.move(to.x, to.y);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y - 60, { steps: 3 });
  await page.keyboard.press('Escape');
  await expect(editor.said).toHaveText('Cancelled. Nothing was changed.');
  await page.mouse.move(to.x + 90, to.y);
  await page.mouse.up();
  expect(await editor.joint(LEFT_WRIST)).toEqual(moved);
  await editor.tool('Undo').click();
  expect(await editor.joint(LEFT_WRIST)).toEqual(wrist); // the cancelled drag left no undo step
  await editor.tool('Undo').click();
  await expect(editor.people()).toHaveCount(2); // the person whom `open` deleted is back
  await expect(editor.tool('Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('arrow keys nudge a joint by 1 and 10 px; V and a right-click change its label', async ({ photo, page }) => {
  const editor = await open(photo, page);
  const wrist = await editor.joint(LEFT_WRIST);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await expect(editor.said).toHaveText(`Left wrist: visible, at ${wrist.x - 10}, ${wrist.y + 1}.`);
  for (const [label, word] of [
    ['hidden', 'hidden'],
    ['place', 'not labelled'],
    ['visible', 'visible'],
  ] as const) {
    await page.keyboard.press('v');
    await expect(editor.said).toHaveText(`Left wrist ${word}.`);
    await expect(editor.row('left wrist').getByRole('button').nth(1)).toHaveText(label);
  }
  expect(await editor.joint(LEFT_WRIST)).toEqual({ x: wrist.x - 10, y: wrist.y + 1 });
  const at = await editor.fitted(wrist.x - 10, wrist.y + 1);
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await expect(editor.said).toHaveText('Left wrist hidden.');
});

test('left and right are swapped for a joint and for a person; a side is mirrored; joints are reset to the draft', async ({
  photo,
  page,
}) => {
  const editor = await open(photo, page);
  const [left, right] = [await editor.joint(LEFT_WRIST), await editor.joint(RIGHT_WRIST)];
  await page.keyboard.press('x');
  expect([await editor.joint(LEFT_WRIST), await editor.joint(RIGHT_WRIST)]).toEqual([right, left]);
  await editor.tool('Swap sides').click();
  await expect(editor.said).toHaveText('Left and right swapped.');
  expect(await editor.joint(LEFT_WRIST)).toEqual(left);
  await page.keyboard.press('m');
  await expect(editor.said).toHaveText('Left side mirrored onto the other.');
  expect(await editor.joint(RIGHT_WRIST)).not.toEqual(right);
  await page.keyboard.press('r');
  await expect(editor.said).toHaveText('Right wrist reset to the draft.');
  expect(await editor.joint(RIGHT_WRIST)).toEqual(right);
  await page.keyboard.press('Shift+r');
  await expect(editor.said).toHaveText('All joints reset to the draft.');
});

test('an unlabelled joint is placed from the list, and with the keyboard alone', async ({ photo, page }) => {
  const editor = await open(photo, page);
  const elbow = await editor.joint(LEFT_ELBOW);
  await page.keyboard.press('Delete');
  await expect(editor.said).toHaveText('Left elbow not labelled.');
  await page.getByRole('button', { name: /^left elbow: not labelled/ }).click();
  await expect(editor.said).toHaveText('Click where the left elbow is. Press Escape to cancel.');
  const at = await editor.fitted(100, 100);
  await page.mouse.click(at.x, at.y);
  await expect(editor.said).toHaveText('Left elbow placed.');
  const placed = await editor.joint(LEFT_ELBOW);
  expect(Math.hypot(placed.x - 100, placed.y - 100)).toBeLessThanOrEqual(2);
  await page.keyboard.press('Delete');
  await page.keyboard.press('i');
  await page.keyboard.press('Escape');
  await expect(editor.said).toHaveText('Cancelled. Nothing was changed.');
  await page.keyboard.press('i');
  await page.keyboard.press('i');
  await expect(editor.said).toHaveText('Left elbow placed.');
  expect([elbow, placed]).toContainEqual(await editor.joint(LEFT_ELBOW));
  await page.keyboard.press('Delete');
  const unlabelled = page.getByRole('button', { name: /^left elbow: not labelled/ });
  await unlabelled.click();
  await unlabelled.press('Enter');
  await expect(editor.said).toHaveText('Left elbow placed.');
});

test('a person is added by drawing a box, drafted by the cascade, drafted again in a changed box, and deleted', async ({
  photo,
  page,
}) => {
  const editor = await open(photo, page);
  await editor.tool('Add person').click();
  await page.keyboard.press('Escape');
  await expect(editor.tool('Add person')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('n');
  const [x0, y0, x1, y1] = OTHER;
  await editor.drag(await editor.onScreen(x0, y0), await editor.onScreen(x1, y1));
  await expect(editor.said).toHaveText(/^Person drafted: \d+ of 19 joints\.$/, { timeout: LONG });
  await expect(editor.people()).toHaveCount(2);
  await expect(editor.people().nth(1)).toHaveAttribute('aria-pressed', 'true');
  const nose = await editor.joint(NOSE);
  expect(nose.x).toBeGreaterThan(x0);
  expect(nose.x).toBeLessThan(x1);

  await editor.drag(await editor.onScreen(x1, y1), await editor.onScreen(x1 + 15, y1 - 10));
  await expect(editor.said).toHaveText('Box changed.');
  await page.keyboard.press('d');
  await expect(editor.said).toHaveText(/^Person drafted/, { timeout: LONG });
  await editor.people().nth(1).focus();
  await page.keyboard.press('Shift+Delete');
  await expect(editor.people()).toHaveCount(1);
  await expect(editor.stage).toBeFocused(); // the button that had the focus has gone
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.said).toHaveText('Undone: person added.');
  await expect(editor.people()).toHaveCount(1);
});

test('a person is added with the keyboard alone', async ({ photo, page }) => {
  const editor = await open(photo, page);
  const press = async (key: string, times: number) => {
    for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
  };
  await editor.tool('Add person').focus();
  await page.keyboard.press('Enter');
  await expect(editor.said).toHaveText(/move a crosshair with the arrow keys/);
  await expect(editor.stage).toBeFocused();
  await press('Shift+ArrowRight', 1); // from the middle of the image, in steps of 90 and 9 pixels
  await press('ArrowRight', 1);
  await press('Shift+ArrowUp', 3);
  await press('ArrowUp', 3);
  await expect(editor.said).toHaveText('Crosshair at 549, 63. Press B to set a corner of the box.');
  await page.keyboard.press('b');
  await editor.tool('Zoom out').click(); // takes the focus; the arrow keys still move the crosshair
  await press('Shift+ArrowRight', 3);
  await press('Shift+ArrowDown', 6);
  await press('ArrowDown', 7);
  await expect(editor.said).toHaveText('Box of 270 × 603 pixels. Press Enter to add the person.');
  await page.keyboard.press('Enter');
  await expect(editor.said).toHaveText(/^Person drafted: \d+ of 19 joints\.$/, { timeout: LONG });
  await expect(editor.people()).toHaveCount(2);
});

test('an image in which nobody is labelled any more is drafted again on request', async ({ photo, page }) => {
  const editor = await open(photo, page);
  await page.keyboard.press('Shift+Delete');
  await expect(editor.people()).toHaveCount(0);
  await page.keyboard.press('1');
  await expect(editor.said).toHaveText('Select a person first, or draw a box around a new one.');
  await page.getByRole('button', { name: 'Draft this image' }).click();
  await expect(editor.stage).toBeFocused(); // the button is gone
  await expect(editor.people()).toHaveCount(2, { timeout: LONG });
});

test('the view zooms at the cursor, pans and fits, and joints can be hit and dragged while zoomed in', async ({
  photo,
  page,
}) => {
  const editor = await open(photo, page);
  const wrist = await editor.joint(LEFT_WRIST);
  const at = await editor.fitted(wrist.x, wrist.y);
  const fit = await editor.zoom();
  await editor.joint(NOSE);
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < 3; i += 1) await page.mouse.wheel(0, -300);
  await expect.poll(() => editor.zoom()).toBeGreaterThan(4 * fit);
  await page.mouse.click(at.x, at.y); // the same joint is still under the cursor
  await expect(editor.said).toHaveText(/^Left wrist: visible/);
  await page.keyboard.press('z');
  await page.keyboard.press('f');
  await expect.poll(() => editor.zoom()).toBe(fit);

  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -700);
  await expect.poll(() => editor.zoom()).toBeGreaterThan(2 * fit);
  const larger = (await editor.zoom()) / 100;
  await editor.drag(at, { x: at.x + 10 * larger, y: at.y });
  await expect(editor.said).toHaveText('Left wrist moved.');
  expect(Math.abs((await editor.joint(LEFT_WRIST)).x - wrist.x - 10)).toBeLessThanOrEqual(1);

  // Space, like the middle button, pans the view, even if the drag starts on a joint.
  const there = { x: at.x + 10 * larger, y: at.y };
  await page.keyboard.down('Space');
  await editor.drag(there, { x: there.x - 80, y: there.y + 30 });
  await page.keyboard.up('Space');
  await editor.drag({ x: there.x - 80, y: there.y + 30 }, { x: there.x - 80 - 5 * larger, y: there.y + 30 });
  await expect(editor.said).toHaveText('Left wrist moved.');
  expect(Math.abs((await editor.joint(LEFT_WRIST)).x - wrist.x - 5)).toBeLessThanOrEqual(1);
});

test('what is drawn can be chosen, including the heat maps of a joint', async ({ photo, page }) => {
  const editor = await open(photo, page);
  await editor.joint(LEFT_WRIST);
  const seen = [await editor.drawn()];
  for (const name of ['Names', 'Bones', 'Boxes']) {
    await page.getByLabel(name, { exact: true }).click();
    seen.push(await editor.drawn());
  }
  await page.keyboard.press('h');
  await expect(editor.stage).toHaveAttribute('aria-busy', 'false', { timeout: LONG });
  seen.push(await editor.drawn());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('g');
  seen.push(await editor.drawn());
  expect(new Set(seen).size).toBe(seen.length);
});

test('Tab steps through the joints without trapping the focus, ? lists the shortcuts, and axe reports no violations', {
  tag: '@journey',
}, async ({ photo, page }) => {
  const editor = await open(photo, page);
  await expectNoViolations(page);
  await editor.stage.focus();
  await page.keyboard.press('Tab');
  await expect(editor.said).toHaveText(/^Nose/);
  await page.keyboard.press('Tab');
  await expect(editor.said).toHaveText(/^Left eye:/);
  await page.keyboard.press('Shift+Tab');
  await expect(editor.said).toHaveText(/^Nose/);
  await expect(editor.stage).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab'); // no focus trap
  await expect(editor.stage).not.toBeFocused();
  const nose = await editor.joint(NOSE);
  const at = await editor.fitted(nose.x, nose.y);
  await page.mouse.click(at.x, at.y);
  await page.keyboard.press('Escape');
  await page.mouse.click(at.x, at.y); // back to work on the image
  await page.keyboard.press('Tab');
  await expect(editor.said).toHaveText(/^Left eye:/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Swap left and right');
  await page.keyboard.press('x'); // shortcuts are off while a dialog is open
  await page.keyboard.press('Escape');
  await expect(editor.stage).toBeFocused();
  await expect(editor.said).toHaveText(/^Nose/);
});

test.describe('on a touch screen', () => {
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
  test.use({ ...phone, viewport: { width: 390, height: 844 } });

  test('one finger drags a joint, and two fingers pinch to zoom', async ({ photo, page }) => {
    const editor = await open(photo, page);
    const nose = await editor.joint(NOSE);
    const wrist = await editor.joint(LEFT_WRIST);
    const at = await editor.fitted(wrist.x, wrist.y);
    await editor.touch([at, await editor.onScreen(wrist.x + 60, wrist.y - 20)]);
    await expect(editor.said).toHaveText('Left wrist moved.');
    const moved = await editor.joint(LEFT_WRIST);
    expect(Math.abs(moved.x - wrist.x - 60)).toBeLessThanOrEqual(1);

    const fit = await editor.zoom();
    const [a, b] = [await editor.onScreen(200, 200), await editor.onScreen(300, 200)];
    await editor.touch([a, { x: a.x - 80, y: a.y }], [b, { x: b.x + 80, y: b.y }]);
    await expect.poll(() => editor.zoom()).toBeGreaterThan(2 * fit);
    expect(await editor.joint(LEFT_WRIST)).toEqual(moved);
    expect(await editor.joint(NOSE)).toEqual(nose);
    await expectNoViolations(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test('a joint to be placed from the list brings the image into view', async ({ photo, page }) => {
    const editor = await open(photo, page);
    await editor.row('left ankle').getByRole('button', { name: 'left ankle: not labelled. Place it' }).tap();
    await expect(editor.said).toHaveText(/^Click where the left ankle is\./);
    await expect(editor.overlay).toBeInViewport({ ratio: 1 });
  });
});
