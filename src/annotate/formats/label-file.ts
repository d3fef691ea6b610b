import { parse, YAMLParseError } from 'yaml';
import { depthOf, parseJson } from './fields';
import { type Problem, Problems } from './problem';

/** A text file with its path in the folder or zip that it is in. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A given file, parsed if its kind is known. */
export type LabelFile = TextFile &
  (
    | { readonly kind: 'json' | 'yaml'; readonly data: unknown }
    | { readonly kind: 'xml' | 'text' }
    /** Its content is not what its extension claims. */
    | { readonly kind: 'broken'; readonly problems: readonly Problem[] }
  );

/** A file whose content was parsed. */
export type DataFile = Extract<LabelFile, { readonly data: unknown }>;

/** Parses a file according to its extension. */
export function labelFile({ path, text }: TextFile): LabelFile {
  const problems = new Problems(path);
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === 'xml') return { path, text, kind: 'xml' };
  const understand = PARSERS[extension ?? ''];
  if (!understand) return { path, text, kind: 'text' };
  const data = understand(text, problems);
  if (problems.list.length > 0) return { path, text, kind: 'broken', problems: problems.list };
  return { path, text, kind: understand === parseYaml ? 'yaml' : 'json', data };
}

const PARSERS: Readonly<Record<string, (text: string, problems: Problems) => unknown>> = {
  json: parseJson,
  jsonl: parseJsonLines,
  yaml: parseYaml,
  yml: parseYaml,
};

/** Parses JSON lines into a list, as a JSON file would have it; a single line into its own value. */
function parseJsonLines(text: string, problems: Problems): unknown {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length <= 1) return parseJson(text, problems);
  return parseJson(`[${lines.join(',\n')}]`, problems);
}

/** data.yaml needs three levels. The library takes a minute for a thousand times as many. */
const DEEPEST_YAML = 100;
const DEEP_LISTS = new RegExp(`(?:[-?:] ){${DEEPEST_YAML}}|^ {${2 * DEEPEST_YAML},}[^ ]`, 'm');

function parseYaml(given: string, problems: Problems): unknown {
  const text = given.replace(/^\uFEFF/, '');
  if (depthOf(text) > DEEPEST_YAML || DEEP_LISTS.test(text)) {
    problems.add('', `It is nested more than ${DEEPEST_YAML} levels deep, which no data.yaml is.`);
    return undefined;
  }
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    const what = error instanceof ReferenceError ? 'It repeats parts of itself too often.' : 'This is not YAML.';
    problems.add(line === undefined ? '' : `line ${line}`, what);
    return undefined;
  }
}
