import { expect, test } from './test';

/** Boxes round the four dancers, as shares of the photograph. */
const DANCERS = [
  [0.01, 0.13, 0.25, 0.92],
  [0.25, 0.06, 0.53, 0.92],
  [0.52, 0.14, 0.76, 0.92],
  [0.75, 0.13, 0.99, 0.92],
] as const;

test('tour', async ({ photo, page }, { project }) => {
  const shoot = (name: string, fullPage = true) =>
    page.screenshot({ path: `tour/${project.name}-${name}.png`, fullPage, animations: 'disabled' });
  await photo.open();
  await expect(page.getByRole('button', { name: 'Astronaut' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await shoot('1-welcome');
  for (const name of ['Two people', 'Australia', 'Astronaut', 'Camera']) {
    await photo.openSample(name);
    await photo.expectPeople(1);
    await shoot(`2-${name.toLowerCase().replace(' ', '-')}`, false);
  }
  await photo.openSample('Astronaut');
  await page.getByText('all joints', { exact: true }).click();
  await page.getByLabel('Coarse against refined').check();
  await page.getByRole('button', { name: 'Show every step' }).click();
  await expect(page.getByRole('heading', { name: 'Fine map' })).toBeVisible();
  await photo.idle();
  await shoot('3-inside');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('off', { exact: true }).click();
  await page.getByLabel('Coarse against refined').uncheck();
  await photo.paste();
  await shoot('4-notice', false);
  await photo.openSample('Four dancers');
  await photo.idle();
  if (project.name !== 'desktop-light') return; // a finger scrolls until it is told to draw
  for (const [i, [x0, y0, x1, y1]] of DANCERS.entries()) {
    await photo.dragBox(x0, y0, x1, y1);
    await expect(page.getByRole('button', { name: new RegExp(`^Person ${i + 1} in your box`) })).toBeVisible();
    await photo.expectPeople(i + 1);
  }
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.screenshot({ path: 'docs/page.png', animations: 'disabled' });
});
