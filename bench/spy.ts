/** Calls `note` on every call of a class's method. */
export function spy<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  note: (self: T, args: T[K] extends (...args: infer A) => unknown ? A : never) => void,
): void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  prototype[name] = function (this: T, ...args: unknown[]) {
    note(this, args as T[K] extends (...args: infer A) => unknown ? A : never);
    return original.apply(this, args);
  } as T[K];
}
