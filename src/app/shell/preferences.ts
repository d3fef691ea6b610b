/** The user's choices that the browser keeps between visits: in window.localStorage, an object for each key, as JSON. */

/** What is stored under a key; empty: nothing, or storage is blocked. It may come from another version: callers check what they use. */
export function readPreferences(key: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {}; // storage is blocked, or holds something else
  }
}

/** Replaces what is stored under a key. Returns false if storage is blocked or full: then the choice holds until the page is left. */
export function writePreferences(key: string, value: object): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
