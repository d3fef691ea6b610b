/** How large the app may be, gzipped. A change that breaks a budget makes something lazy, or gives its reason with the new number. */
import { expect, it, vi } from 'vitest';
import { buildApp, firstPageBytes } from './measure';

it('the first page loads at most 110 kB of JavaScript, besides the worker', { timeout: 300_000 }, async () => {
  vi.stubEnv('NODE_ENV', 'production'); // else React's development build is measured
  const bytes = firstPageBytes(await buildApp(), 'src/ui/photo/screen.tsx');
  console.info(`first page: ${(bytes / 1000).toFixed(1)} kB of JavaScript, gzipped`);
  expect(bytes).toBeGreaterThan(50_000); // else something was not counted
  expect(bytes).toBeLessThanOrEqual(110_000);
});
