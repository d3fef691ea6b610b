/** npm run figures -- soak: a long run of the Live screen on each backend, and what it leaves behind. */

import { expectFlat, runLive } from '../live/leaks';
import { test } from '../support/camera';

/** Shaders on the CPU take a second or more per frame. */
const RUNS = { wasm: { frames: 2000, starts: 50 }, webgpu: { frames: 30, starts: 3 } } as const;

test.use({ trace: 'off' }); // a trace keeps what the page releases
test.setTimeout(3_600_000);

for (const [backend, { frames, starts }] of Object.entries(RUNS)) {
  test(`${backend}: ${frames} frames, ${starts} starts and stops`, async ({ photo }, { project }) => {
    test.skip(project.name !== backend);
    const figures = await runLive(photo, frames, starts, `?backend=${backend}`);
    const span = (pick: (sample: (typeof figures.frames)[number]) => number) => {
      const values = figures.frames.map(pick);
      return `${Math.min(...values)} to ${Math.max(...values)}`;
    };
    console.log(
      [
        `${backend}: ${figures.frames.length} frames processed, ${starts} starts and stops`,
        `  tensors ${span(({ tensors }) => tensors)}, GPU buffers made less destroyed ${span(({ buffers }) => buffers)}, open bitmaps ${span(({ bitmaps }) => bitmaps)}`,
        `  page before ${JSON.stringify(figures.before)}`,
        `  page after  ${JSON.stringify(figures.after)}`,
      ].join('\n'),
    );
    await expectFlat(photo, figures, starts);
  });
}
