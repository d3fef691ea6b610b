import type { Size } from '../../pose/roi';

/** An image of the session, as an import needs to know it. */
export interface KnownImage {
  readonly id: number;
  /** With its folders. */
  readonly name: string;
  /** After EXIF orientation; undefined if it has not been decoded yet. */
  readonly size: Size | undefined;
}

export type Match = KnownImage | 'missing' | 'ambiguous';

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path without the ending of its file name: 'a/b.c.jpg' -> 'a/b.c'. */
export function withoutEnding(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/**
 * Finds images by the path that a file calls them by. Other tools keep other folders, so the very path is tried first, then a path that
 * ends alike, then the file name alone if only one image has it. `key` makes names comparable (YOLO's labels lack the ending).
 */
export function matcher(images: readonly KnownImage[], key: (name: string) => string = (name) => name): (path: string) => Match {
  const byPath = groupBy(images, (image) => key(image.name));
  const byBase = groupBy(images, (image) => baseName(key(image.name)));
  const one = (found: readonly KnownImage[]): Match | undefined => (found.length > 1 ? 'ambiguous' : found[0]);
  return (given) => {
    const path = given.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    const sameBase = byBase.get(baseName(path)) ?? [];
    const alike = sameBase.filter((image) => endsAlike(key(image.name), path));
    return one(byPath.get(path) ?? []) ?? one(alike) ?? one(sameBase) ?? 'missing';
  };
}

const endsAlike = (a: string, b: string) => `/${a}`.endsWith(`/${b}`) || `/${b}`.endsWith(`/${a}`);

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
