import type { Page } from 'playwright/test';
import type { seriesDocument } from '../../src/app/live/series';
import { downloaded } from '../support/download';
import { expect } from '../support/test';
import { frameShown, HEIGHT, LONG, leftOf, SCALE, test, WIDTH } from '../support/video';
import { expectIdle, watchEngine } from './held';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('joints of a video are recorded frame by frame, in its pixels, as JSON and as CSV', async ({ photo, page, moving }) => {
  await photo.open();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const { people } = await photo.download();
  const truth = people[0]?.keypoints ?? [];
  const worker = await watchEngine(page);
  await photo.drop(moving);
  const performance = page.getByRole('region', { name: 'Performance' });
  await expect(performance).toContainText('Frames per second', { timeout: LONG });
  await expect(button(page, 'Play')).toBeVisible({ timeout: LONG }); // it has ended
  await expectIdle(page, worker);
  await button(page, 'Record joints').click();
  const frames = [await frameShown(page)];
  for (let i = 1; i <= 4; i += 1) {
    await button(page, 'Previous frame').click();
    await expect(button(page, 'Stop recording joints')).toHaveText(new RegExp(`· ${i + 1} frames$`), { timeout: LONG });
    frames.unshift(await frameShown(page));
  }
  await button(page, 'Stop recording joints').click();
  const json = await downloaded(page, () => button(page, 'Save JSON').click());
  const csv = await downloaded(page, () => button(page, 'Save CSV').click());
  expect(json.name).toMatch(/^moving joints .*\.json$/);

  const document: ReturnType<typeof seriesDocument> = JSON.parse(json.bytes.toString());
  expect(document.source).toEqual({ name: 'moving.webm', width: WIDTH, height: HEIGHT });
  const [header = '', ...rows] = csv.bytes.toString().trimEnd().split('\r\n');
  expect(header.split(',').slice(0, 7)).toEqual(['source', 'time_s', 'person', 'score', 'nose_x', 'nose_y', 'nose_score']);
  const written = document.frames.flatMap(({ time, people }) =>
    people.map(({ id, score, keypoints, track }) => [time, id, score, ...keypoints, track.join(' ')].map(String)),
  );
  expect(rows.map((row) => row.split(',').slice(1))).toEqual(written);
  expect(document.frames[0]?.people[0]?.track).toEqual(['begins']);

  // The photo's joints, at their positions in each frame.
  const times = document.frames.map(({ time }) => time);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(document.frames).toHaveLength(frames.length);
  expect(frames.every((frame, i) => i === 0 || frame > (frames[i - 1] ?? 0))).toBe(true);
  const sure = truth.flatMap((joint, index) => (joint.score >= 0.6 ? [{ ...joint, index }] : []));
  expect(sure.length).toBeGreaterThan(3);
  for (const [i, { people }] of document.frames.entries()) {
    expect(people).toHaveLength(1);
    const keypoints = people[0]?.keypoints ?? [];
    const left = leftOf(frames[i] ?? 0);
    const off = sure.map(({ x, y, index }) =>
      Math.hypot((keypoints[3 * index] ?? 0) - left - x * SCALE, (keypoints[3 * index + 1] ?? 0) - y * SCALE),
    );
    off.sort((a, b) => a - b);
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(10);
  }
});
