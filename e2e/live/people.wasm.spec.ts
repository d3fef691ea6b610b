/** Several people on the Live screen, with the real network. */
import type { Page } from 'playwright/test';
import type { seriesDocument } from '../../src/app/live/series';
import { downloaded } from '../support/download';
import { expect } from '../support/test';
import { AWAY, BETWEEN, DANCE, frameShown, HEIGHT, LONG, test, WIDTH } from '../support/video';
import { expectIdle, watchEngine } from './held';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('two people keep their ids, even when one leaves and comes back; one of them can be followed alone', async ({
  photo,
  page,
  dancers,
}) => {
  await page.goto('./#live');
  await photo.ready();
  const worker = await watchEngine(page);
  await photo.drop(dancers);
  const follow = page.getByRole('combobox', { name: 'Follow' });
  await expect(follow).toBeVisible({ timeout: LONG }); // there is somebody to choose from
  await expect(button(page, 'Play')).toBeVisible({ timeout: LONG }); // at the end; from there, the beginning counts as another scene
  await page.getByRole('slider', { name: 'Position in the video' }).press('Home');
  await expect.poll(() => frameShown(page)).toBe(0);
  await expectIdle(page, worker);
  await expect(follow.getByRole('option')).toHaveText(['everybody', /^person \d+$/, /^person \d+$/], { timeout: LONG });

  await button(page, 'Record joints').click();
  await expect(button(page, 'Stop recording joints')).toHaveText(/· 1 frame$/, { timeout: LONG }); // the frame that was sought
  for (let i = 1; i < DANCE; i += 1) {
    await button(page, 'Next frame').click();
    await expect(button(page, 'Stop recording joints')).toHaveText(new RegExp(`· ${i + 1} frames$`), { timeout: LONG });
  }
  await button(page, 'Stop recording joints').click();
  const json = await downloaded(page, () => button(page, 'Save JSON').click());
  const { frames }: ReturnType<typeof seriesDocument> = JSON.parse(json.bytes.toString());

  // Who is where: the nose's position tells the man from the woman, who stays in place.
  const at = frames.map(({ people }) => {
    const found = people.map(({ id, keypoints, track }) => ({ id, track, nose: keypoints[0] ?? Number.NaN }));
    return { man: found.filter(({ nose }) => nose < BETWEEN), woman: found.filter(({ nose }) => nose > BETWEEN) };
  });
  const ids = (of: 'man' | 'woman') => [...new Set(at.flatMap((frame) => frame[of].map(({ id }) => id)))];
  expect(at.map(({ woman }) => woman.length)).toEqual(Array(DANCE).fill(1));
  expect(ids('woman')).toHaveLength(1);
  expect(ids('man')).toHaveLength(1);
  expect(ids('man')).not.toEqual(ids('woman'));
  const inView = [...at.slice(0, AWAY.first - 4), ...at.slice(AWAY.last + 5)];
  expect(inView.map(({ man }) => man.length)).toEqual(Array(inView.length).fill(1));
  expect(at.slice(AWAY.first, AWAY.last + 1).flatMap(({ man }) => man)).toEqual([]);
  const marks = at.flatMap(({ man }) => man.flatMap(({ track }) => track));
  expect(marks).toEqual(['begins', 'ends', 'resumes']);

  // A click on the man follows him alone; while he is away nobody else takes his place.
  const [man] = ids('man');
  const overlay = await photo.overlay.boundingBox();
  if (!overlay) throw new Error('no viewer');
  await photo.overlay.click({ position: { x: (overlay.width * 175) / WIDTH, y: (overlay.height * HEIGHT) / 2 / HEIGHT } });
  await expect(follow).toHaveValue(String(man));
  await page.getByRole('slider', { name: 'Position in the video' }).fill('0.84');
  await expect.poll(() => frameShown(page)).toBe(14);
  await expect(page.getByText(`Person ${man} is out of view.`)).toBeVisible({ timeout: LONG });
  await button(page, 'Show everybody').click();
  await expect(button(page, 'Show everybody')).toBeHidden();
  await expect(follow).toBeFocused(); // the focus is not lost with the button
});
