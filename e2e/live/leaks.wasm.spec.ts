/** Short runs; `npm run figures -- soak` has the long ones. */
import { test } from '../support/camera';
import { expectFlat, runLive } from './leaks';

test.use({ trace: 'off' }); // a trace keeps what the page releases

test('processing frames and restarting the camera leaks nothing', async ({ photo }) => {
  const [frames, starts] = [100, 6];
  await expectFlat(photo, await runLive(photo, frames, starts), starts);
});
