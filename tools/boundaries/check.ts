import { posix } from 'node:path';
import { type Import, importsOf } from './imports';
import type { Rooms } from './rooms';

/** The room that a file, or an imported path, belongs to. Paths are relative to the repository, with forward slashes. */
export function roomOf(path: string, rooms: Rooms): string | undefined {
  const name = path.replace(/\.(ts|tsx|css|js|json)$/, '');
  const holds = (room: string) => name === room || name.startsWith(`${room}/`);
  return Object.keys(rooms)
    .filter(holds)
    .sort((a, b) => b.length - a.length)[0];
}

/** './../app/x' -> where that is in the repository; undefined: a package. */
function pathOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('/')) return posix.normalize(specifier.slice(1)); // relative to the served root
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

/** '@scope/name/sub/path' -> the names that a row may have for it. */
function packageNames(specifier: string): string[] {
  const [first = '', second = ''] = specifier.split('/');
  if (first.startsWith('node:')) return ['node:*'];
  return first.startsWith('@') ? [`${first}/*`, `${first}/${second}`] : [first];
}

/** Checks one import against the row of its file. Returns what is wrong with it. */
function offence(file: string, { specifier, kind, line }: Import, rooms: Rooms): string | undefined {
  const from = roomOf(file, rooms);
  const allowed = rooms[from ?? ''] ?? [];
  const place = `${file}:${line} imports '${specifier}'`;
  const path = pathOf(file, specifier);
  if (path === undefined) {
    return packageNames(specifier).some((name) => allowed.includes(name))
      ? undefined
      : `${place}: ${from} does not allow this package`;
  }
  const to = roomOf(path, rooms);
  if (to === undefined) return kind === 'url' ? undefined : `${place}: ${path} is in no room`; // a data file, say
  const isAllowed = to === from || allowed.includes(to) || (kind === 'url' && allowed.includes(`url:${to}`));
  return isAllowed ? undefined : `${place}: ${from} does not allow ${to}`;
}

/** What is wrong in the sources, path -> text; empty if all follow the table. */
export function offences(sources: ReadonlyMap<string, string>, rooms: Rooms): string[] {
  return [...sources].flatMap(([file, source]) => {
    if (roomOf(file, rooms) === undefined) return [`${file} is in no room`];
    return importsOf(file, source).flatMap((one) => offence(file, one, rooms) ?? []);
  });
}
