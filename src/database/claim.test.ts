import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimedSessions, claimSession } from './claim';

/** A browser without Web Locks, as on pages without https, or with these. */
const browser = (locks?: unknown) => vi.stubGlobal('navigator', { locks });

beforeEach(() => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
});
afterEach(() => vi.restoreAllMocks());

it('without Web Locks, tabs ask each other; a claim has an owner for the database to check', async () => {
  browser();
  const first = await claimSession('a');
  expect(first?.owner).toBeTruthy();
  expect(await claimSession('a')).toBeUndefined();
  const other = await claimSession('b');
  expect(other?.owner).not.toBe(first?.owner);
  first?.release();
  const again = await claimSession('a');
  expect(again).toBeDefined();
  again?.release();
  other?.release();
  expect(await claimedSessions()).toEqual(new Set());
});

it('locks that are refused, as where site data are blocked, keep no session from being used', async () => {
  const refuse = () => Promise.reject(new DOMException('blocked', 'SecurityError'));
  browser({ request: refuse, query: refuse });
  vi.stubGlobal('BroadcastChannel', undefined);
  expect(await claimSession('a')).toBeDefined();
  expect(await claimedSessions()).toEqual(new Set());
});
