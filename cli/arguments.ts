/** Values of command-line arguments; each function throws an Error that says what the argument should be. */

/** A whole number of one or more. name: of the argument, without its dashes. */
export function countOf(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} must be a whole number of at least 1, not "${text}"`);
  return count;
}

/** Such a number that is a multiple of `step`. */
export function multipleOf(step: number, name: string, text: string): number {
  const count = countOf(name, text);
  if (count % step !== 0) throw new Error(`--${name} must be a multiple of ${step}, not "${text}"`);
  return count;
}

/** Such numbers, separated by commas. */
export const countsOf = (name: string, text: string): number[] => text.split(',').map((part) => countOf(name, part));

/** One of the keys of a table. */
export function choiceOf<T extends object>(name: string, text: string, table: T): keyof T {
  if (!Object.hasOwn(table, text)) throw new Error(`--${name} must be one of ${Object.keys(table).join(', ')}, not "${text}"`);
  return text as keyof T;
}
