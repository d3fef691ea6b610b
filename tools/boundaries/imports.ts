/** What a source file loads, in whatever form: read from its syntax tree, so that no spelling slips through. */
import { parseSync, Visitor } from 'vite';

export interface Import {
  /** As written in the source, without a ?query. */
  readonly specifier: string;
  /** code: its code or types are used here. url: it becomes a separate file, such as a worker: new URL('...', import.meta.url). */
  readonly kind: 'code' | 'url';
  /** From 1. */
  readonly line: number;
}

/** The text of a literal, or of a template without substitutions. */
function textOf(node: object | null | undefined): string | undefined {
  if (!node) return undefined;
  const { value, quasis } = node as { value?: unknown; quasis?: readonly { value: { cooked: string } }[] };
  if (typeof value === 'string') return value;
  return quasis?.length === 1 ? quasis[0]?.value.cooked : undefined;
}

/** file: its path, whose extension says which language it is in. Throws an Error if it does not parse, or loads a computed address. */
export function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} does not parse: ${errors[0].message}`);
  const imports: Import[] = [];
  const add = (kind: Import['kind'], node: object | null | undefined, start: number) => {
    const line = source.slice(0, start).split('\n').length;
    const specifier = textOf(node)?.replace(/\?.*$/, '');
    if (specifier === undefined) throw new Error(`${file}:${line} loads a computed address, which cannot be checked`);
    imports.push({ kind, specifier, line });
  };
  new Visitor({
    ImportDeclaration: ({ source: from, start }) => add('code', from, start),
    ExportNamedDeclaration: ({ source: from, start }) => from && add('code', from, start),
    ExportAllDeclaration: ({ source: from, start }) => add('code', from, start),
    ImportExpression: ({ source: from, start }) => add('code', from, start),
    TSImportType: ({ source: from, start }) => add('code', from, start),
    TSExternalModuleReference: ({ expression, start }) => add('code', expression, start),
    CallExpression: ({ callee, start, arguments: [first] }) => {
      if (source.slice(callee.start, callee.end) === 'import.meta.glob') add('code', first, start);
    },
    NewExpression: ({ callee, start, arguments: [first, base] }) => {
      const isUrl = source.slice(callee.start, callee.end) === 'URL';
      const ownBase = base && source.slice(base.start, base.end) === 'import.meta.url';
      if (isUrl && ownBase && textOf(first) !== undefined) add('url', first, start); // bundlers recognise no other form
    },
  }).visit(program);
  return imports;
}
