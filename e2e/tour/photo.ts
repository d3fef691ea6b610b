import { expect, test } from '../support/test';

test('photo tour', async ({ photo, page }, { project }) => {
  const shoot = (name: string, fullPage = true) =>
    page.screenshot({ path: `tour/${project.name}-${name}.png`, fullPage, animations: 'disabled' });
  await photo.open();
  await expect(page.getByRole('button', { name: 'Astronaut' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await shoot('1-welcome');
  for (const name of ['Two people', 'Didgeridoo', 'Astronaut', 'Photographer']) {
    await photo.openSample(name);
    await photo.expectFound();
    await shoot(`2-${name.toLowerCase().replace(' ', '-')}`, false);
  }
  await photo.openSample('Astronaut');
  await page.getByText('all joints', { exact: true }).click();
  await page.getByLabel('Refinement offsets').check();
  await page.getByRole('button', { name: 'Show all steps' }).click();
  await expect(page.getByRole('heading', { name: 'Fine map' })).toBeVisible();
  await photo.idle();
  await shoot('3-inside');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('off', { exact: true }).click();
  await page.getByLabel('Refinement offsets').uncheck();
  await photo.paste();
  await shoot('4-notice', false);
  await photo.openSample('Four dancers');
  await photo.expectFound();
  await shoot('5-dancers', false);
});
