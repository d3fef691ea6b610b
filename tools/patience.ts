/**
 * Every unit test begins with this: vi.waitFor() and vi.waitUntil() give up after one second by default, which is too soon on a busy machine. Tests
 * that pass do not wait for it.
 */
import { vi } from 'vitest';

/** Milliseconds; less than a test may take, so that a wait that fails says what it waited for. */
const PATIENCE = { timeout: 300_000 };

const { waitFor, waitUntil } = vi;
Object.assign(vi, {
  waitFor: ((callback, options = PATIENCE) => waitFor(callback, options)) as typeof waitFor,
  waitUntil: ((callback, options = PATIENCE) => waitUntil(callback, options)) as typeof waitUntil,
});
