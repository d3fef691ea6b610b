/** One step back or forward: the value there, and what was done between it and the next one. */
interface Entry<T> {
  readonly value: T;
  readonly label: string;
  readonly rest: Entry<T> | undefined;
}

/** A value with all its earlier and all undone values, without limit. Unchanged parts are shared. */
export interface History<T> {
  readonly present: T;
  readonly past: Entry<T> | undefined;
  readonly future: Entry<T> | undefined;
}

export function historyOf<T>(present: T): History<T> {
  return { present, past: undefined, future: undefined };
}

/** Makes one entry: the value after an edit, and what the edit was ('left wrist moved'). The same value makes none. */
export function commit<T>(history: History<T>, present: T, label: string): History<T> {
  if (present === history.present) return history;
  return { present, past: { value: history.present, label, rest: history.past }, future: undefined };
}

/** Replaces the present value without an entry of its own: one undo reverts both edits. */
export function amend<T>(history: History<T>, present: T): History<T> {
  return { ...history, present, future: undefined };
}

/** What the last edit was, if there is one to undo. */
export const undoable = <T>(history: History<T>): string | undefined => history.past?.label;
/** What was undone last, if there is something to redo. */
export const redoable = <T>(history: History<T>): string | undefined => history.future?.label;

export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return past ? { present: past.value, past: past.rest, future: { value: present, label: past.label, rest: future } } : history;
}

export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return future
    ? { present: future.value, past: { value: present, label: future.label, rest: past }, future: future.rest }
    : history;
}

/** The first result that `find` returns for the earlier values, newest first. */
export function recall<T, R>(history: History<T>, find: (value: T) => R | undefined): R | undefined {
  for (let entry = history.past; entry; entry = entry.rest) {
    const found = find(entry.value);
    if (found !== undefined) return found;
  }
  return undefined;
}
