import type { Problems } from './problem';

/** Fields of a JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isId = (value: unknown): value is number => Number.isSafeInteger(value);
export const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Reads JSON; a text that is none is a problem with the line where it breaks. */
export function parseJson(text: string, problems: Problems): unknown {
  if (text.trim() === '') {
    problems.add('', 'The file is empty. It may not have been saved fully.');
    return undefined;
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const before = problems.list.length;
    for (const { line, token } of notNumbers(text)) {
      problems.add(
        `line ${line}`,
        `${token} is not a number in JSON. Write 0 and a visibility of 0 for a joint without a label.`,
      );
    }
    if (problems.list.length === before)
      problems.add('', `This is not JSON: ${error instanceof Error ? error.message : 'it breaks off'}.`);
    return undefined;
  }
}

/** NaN and Infinity, which Python writes into JSON though JSON has neither. Not those inside a text. */
function notNumbers(text: string): { line: number; token: string }[] {
  const found: { line: number; token: string }[] = [];
  let line = 1;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|-?Infinity|NaN|\n/g)) {
    if (token === '\n') line += 1;
    else if (!token.startsWith('"')) found.push({ line, token });
  }
  return found;
}

/** A value as a sentence names it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
