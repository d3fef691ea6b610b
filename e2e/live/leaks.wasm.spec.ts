/** Short runs; `npm run figures -- soak` has the long ones. */
import { test } from '../support/camera';
import { expectFlat, runLive } from './leaks';

test.use({ trace: 'off' }); // it keeps what the page lets go

test('frames and starts leave nothing behind', async ({ photo }) => {
  const [frames, starts] = [100, 6];
  expectFlat(await runLive(photo, frames, starts), starts);
});
