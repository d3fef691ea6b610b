import { readFileSync } from 'node:fs';
import { given } from '../support/files';
import { expect } from '../support/test';
import { numberShown, test } from '../support/video';

/**
 * Thirty frames, each with its number in its pixels, as web encoders store them: with frames that are shown before others stored earlier,
 * and without an edit list. Made by:
 *
 * ffmpeg -f lavfi -i "color=c=gray:s=160x120:r=25:d=1.2,format=gray,geq=lum='if(gte(Y,96)*lt(X,144),235*mod(floor(N/pow(2,floor(X/24))),2),128)'"
 *   -c:v libx264 -pix_fmt yuv420p -bf 3 -g 12 -x264-params b-adapt=0 -movflags +faststart -use_editlist 0 -fflags +bitexact b-frames.mp4
 */
const VIDEO = given('b-frames.mp4', 'video/mp4', readFileSync(new URL('../support/b-frames.mp4', import.meta.url)));
const FRAMES = Array.from({ length: 30 }, (_, number) => number);
const CODE = { bit: 24, bits: 6, height: 120 } as const;

test('a video with B-frames and no edit list steps frame by frame, back and forth', async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  const plays = await page.evaluate(() => document.createElement('video').canPlayType('video/mp4;codecs=avc1.42E01E'));
  test.skip(plays === '', 'this Chromium plays no H.264');
  await photo.drop(VIDEO);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible(); // it has ended
  const shown = () => page.evaluate(numberShown, CODE);
  await expect.poll(shown).toBe(29);
  const expectFrames = async (name: string, numbers: readonly number[]) => {
    for (const number of numbers) {
      await page.getByRole('button', { name }).click();
      await expect.poll(shown).toBe(number);
    }
  };
  await expectFrames('Previous frame', [...FRAMES.slice(0, -1).reverse(), 0]);
  await expectFrames('Next frame', [...FRAMES.slice(1), 29]);
});
