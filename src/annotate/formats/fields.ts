import type { Box } from '../../pose/roi';
import type { Problems } from './problem';

/** Fields of a JSON object that has not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The value if it is a list, else an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Deeper than any label file; browsers cannot copy or keep much more. */
const DEEPEST = 1200;

/** Parses JSON, and reports text that is not JSON as a problem. Whole numbers that a double cannot hold become strings. */
export function parseJson(given: string, problems: Problems): unknown {
  const text = given.replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    problems.add('', 'The file is empty. It may not have been saved fully.');
    return undefined;
  }
  if (depthOf(text) > DEEPEST) {
    problems.add('', `It is nested more than ${DEEPEST} levels deep, which no label file is.`);
    return undefined;
  }
  try {
    return JSON.parse(withLongNumbersAsText(text));
  } catch (error) {
    const before = problems.list.length;
    for (const { where, token } of notNumbers(text)) {
      problems.add(where, `${token} is not a number in JSON. Write 0 and a visibility of 0 for a joint without a label.`);
    }
    if (problems.list.length === before)
      problems.add('', `This is not JSON: ${error instanceof Error ? error.message : 'it ends unexpectedly'}.`);
    return undefined;
  }
}

const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+])-?\d{16,}(?![\d.eE])/g;

/** For 64-bit ids: a JavaScript number would round them, and two ids might become the same. */
function withLongNumbersAsText(text: string): string {
  if (!/[\s:[,-]\d{16,}/.test(text)) return text;
  const isExact = (token: string) => token.startsWith('"') || Number.isSafeInteger(Number(token));
  return text.replace(TEXT_OR_LONG_NUMBER, (token) => (isExact(token) ? token : `"${token}"`));
}

/** How deep brackets are nested, ignoring those in double quotes. */
export function depthOf(text: string): number {
  let [depth, deepest, inText] = [0, 0, false];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 0x5c)
        i += 1; // a backslash escapes the next character
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

/** NaN and Infinity, which Python writes into JSON though JSON has neither. Not those inside strings. */
function notNumbers(text: string): { where: string; token: string }[] {
  const found: { where: string; token: string }[] = [];
  let [line, start] = [1, 0];
  const oneLine = !text.trim().includes('\n');
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|-?Infinity|NaN|\n/g)) {
    if (token === '\n') [line, start] = [line + 1, index + 1];
    else if (!token.startsWith('"')) {
      found.push({ where: oneLine ? `line ${line}, character ${index - start + 1}` : `line ${line}`, token });
    }
  }
  return found;
}

/** A value as shown in a sentence. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function jsonOf(value: unknown): string {
  if (Array.isArray(value) && value.length > 60) return jsonOf(value.slice(0, 60));
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'something that contains itself';
  }
}

/** The box of COCO's [x, y, width, height]; undefined if the value is not such a list of numbers. */
export function boxOf(value: unknown): Box | undefined {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(isFiniteNumber)) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = value;
  return { x, y, width, height };
}
