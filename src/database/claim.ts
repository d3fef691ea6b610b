/** Which sessions are open in which tab: two tabs that write one session would undo each other's work. */

const PREFIX = 'posecade-session-';

/** How long other tabs have to say that a session is theirs. Milliseconds. */
const ANSWER_MS = 200;

/** A session that belongs to this tab until it is released. */
export interface Claim {
  release(): void;
  /**
   * Set where the claim rests only on other tabs' answers: a suspended tab does not answer, so the database checks the owner at each write.
   * Unique among tabs.
   */
  readonly owner?: string;
}

/** Claims a session for this tab. Resolves to undefined if another tab has it; never rejects. */
export async function claimSession(session: string): Promise<Claim | undefined> {
  try {
    if (navigator.locks) return await claimByLock(session);
  } catch (error) {
    console.info('posecade:', error); // with all storage blocked, Firefox has the lock API but grants no locks
  }
  return claimByChannel(session).catch(() => ({ release: () => {} })); // no channel either: nothing can be stored here
}

function claimByLock(session: string): Promise<Claim | undefined> {
  return new Promise((resolve, reject) => {
    const held = (lock: Lock | null) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) => resolve({ release }));
    };
    navigator.locks.request(PREFIX + session, { ifAvailable: true }, held).catch(reject);
  });
}

/** Asks the other tabs, because pages without HTTPS have no locks. */
async function claimByChannel(session: string): Promise<Claim | undefined> {
  const channel = new BroadcastChannel(PREFIX + session);
  const isTaken = await new Promise<boolean>((resolve) => {
    channel.onmessage = ({ data }) => data === 'taken' && resolve(true);
    setTimeout(() => resolve(false), ANSWER_MS);
    channel.postMessage('free?');
  });
  if (isTaken) {
    channel.close();
    return undefined;
  }
  channel.onmessage = ({ data }) => data === 'free?' && channel.postMessage('taken');
  const owner = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  return { release: () => channel.close(), owner };
}

/** The sessions open in any tab, as far as can be determined. Never rejects. */
export async function claimedSessions(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
