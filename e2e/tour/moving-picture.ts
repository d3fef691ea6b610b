import { mkdir, writeFile } from 'node:fs/promises';
import { test } from '../support/test';

/** The frames of the README's animation; CONTRIBUTING.md has the command that makes it from them. */
test('frames of the animation', async ({ photo, page }, { project }) => {
  test.skip(project.name !== 'desktop-light', 'one is enough');
  let frames = 0;
  /** count: for how many frames the image is held. */
  const shoot = async (count: number) => {
    const image = await page.screenshot({ animations: 'disabled' });
    await mkdir('tour/moving', { recursive: true });
    for (let i = 0; i < count; i += 1, frames += 1) {
      await writeFile(`tour/moving/${String(frames).padStart(2, '0')}.png`, image);
    }
  };
  await photo.open();
  await page.waitForLoadState('networkidle');
  await shoot(2);
  await photo.openSample('Four dancers');
  await shoot(1);
  await photo.expectFound();
  await shoot(3);
  await page.getByText('all joints', { exact: true }).click();
  await page.waitForTimeout(1000); // the maps need a pass of their own
  await shoot(3);
  await page.getByText('off', { exact: true }).click();
  await page.getByLabel('Refinement offsets').check();
  await shoot(3);
});
