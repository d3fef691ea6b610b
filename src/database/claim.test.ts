import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimedSessions, claimSession } from './claim';

/** A browser without Web Locks, as on pages without HTTPS, or with the given ones. */
const browser = (locks?: unknown) => vi.stubGlobal('navigator', { locks });

/** The browser's channel between tabs, except that messages arrive at once: no timer has to wait for them. */
class FakeChannel {
  static readonly open = new Set<FakeChannel>();
  onmessage: ((event: { data: unknown }) => unknown) | null = null;

  private readonly name: string;

  constructor(name: string) {
    this.name = name;
    FakeChannel.open.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of FakeChannel.open) if (other !== this && other.name === this.name) other.onmessage?.({ data });
  }

  close(): void {
    FakeChannel.open.delete(this);
  }
}

beforeEach(() => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Claims a session, and lets the time for the answers of other tabs pass. */
function claimed(session: string): ReturnType<typeof claimSession> {
  const claim = claimSession(session);
  vi.runAllTimers();
  return claim;
}

it('asks other tabs where there are no Web Locks, and gives the claim an owner for the database to check', async () => {
  browser();
  vi.stubGlobal('BroadcastChannel', FakeChannel);
  const first = await claimed('a');
  expect(first?.owner).toBeTruthy();
  expect(await claimed('a')).toBeUndefined();
  const other = await claimed('b');
  expect(other?.owner).toBeTruthy();
  expect(other?.owner).not.toBe(first?.owner);
  first?.release();
  expect(await claimed('a')).toBeDefined();
  expect(await claimedSessions()).toEqual(new Set());
});

it('claims a session even if locks are refused, as where site data is blocked', async () => {
  const refuse = () => Promise.reject(new DOMException('blocked', 'SecurityError'));
  browser({ request: refuse, query: refuse });
  vi.stubGlobal('BroadcastChannel', undefined);
  expect(await claimSession('a')).toBeDefined();
  expect(await claimedSessions()).toEqual(new Set());
});
