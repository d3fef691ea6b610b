/** Which sessions are open in which tab: two tabs that write one session would undo each other's work. */

const PREFIX = 'posecade-session-';

/** Takes a session for this tab. Resolves to what gives it back, or to undefined if another tab has it. */
export async function claimSession(session: string): Promise<(() => void) | undefined> {
  if (!navigator.locks) return () => {}; // without https there are none; then nothing can be told
  return new Promise((resolve, reject) => {
    const held = (lock: Lock | null) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) => resolve(release));
    };
    navigator.locks.request(PREFIX + session, { ifAvailable: true }, held).catch(reject);
  });
}

/** The sessions that any tab has open. */
export async function claimedSessions(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
