import { expectNoViolations } from '../support/axe';
import { expect, test } from '../support/test';

test('the shortcuts of a screen are listed, changed, refused if taken, and reset', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.stage.focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  await expectNoViolations(page);

  const change = dialog.getByRole('button', { name: 'Change the key for: Show or hide skeleton' });
  await change.click();
  await page.keyboard.press('h');
  await expect(dialog.getByText(/H is already the key for “Heat maps/)).toBeVisible();
  await page.keyboard.press('w');
  await expect(dialog.getByText('Show or hide skeleton: changed.')).toBeVisible();
  await change.click();
  await page.keyboard.press('Tab'); // moves the focus, and is not taken as the key
  await expect(change).not.toBeFocused();
  await expect(change).toHaveText('Change');
  await change.click();
  await page.keyboard.press('Escape'); // cancels the change, and leaves the dialog open
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(photo.stage).toBeFocused();

  const skeleton = page.getByLabel('Skeleton');
  await page.keyboard.press('s');
  await expect(skeleton).toBeChecked();
  await page.keyboard.press('w');
  await expect(skeleton).not.toBeChecked();
  await page.reload();
  await photo.ready();
  await photo.openSample('Astronaut');
  await page.keyboard.press('w');
  await expect(skeleton).not.toBeChecked();

  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await dialog.getByRole('button', { name: 'Reset shortcuts' }).click();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Shortcuts' })).toBeFocused();
  await page.keyboard.press('s');
  await expect(skeleton).toBeChecked();
});
