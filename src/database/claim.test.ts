import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimedSessions, claimSession } from './claim';

/** A browser without Web Locks, as on pages without HTTPS, or with the given ones. */
const browser = (locks?: unknown) => vi.stubGlobal('navigator', { locks });

beforeEach(() => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
});
afterEach(() => vi.restoreAllMocks());

it('asks other tabs where there are no Web Locks, and gives the claim an owner for the database to check', async () => {
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

it('claims a session even if locks are refused, as where site data is blocked', async () => {
  const refuse = () => Promise.reject(new DOMException('blocked', 'SecurityError'));
  browser({ request: refuse, query: refuse });
  vi.stubGlobal('BroadcastChannel', undefined);
  expect(await claimSession('a')).toBeDefined();
  expect(await claimedSessions()).toEqual(new Set());
});
