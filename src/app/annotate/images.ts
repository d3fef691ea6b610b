import { type AnnotatedImage, EMPTY_DOCUMENT, type Foreign, type ImageDocument, type Verdict } from '../../annotate/document';
import type { Size } from '../../pose/roi';
import type { SessionState, Work } from './state';

/** An image that comes into a session: a file alone, or with what an export says of it. */
export interface NewImage {
  readonly name: string;
  /** Rejects with a SourceError. */
  readonly read: () => Promise<Blob>;
  /** Set for an import: it is not drafted. */
  readonly document?: ImageDocument;
  readonly size?: Size;
  readonly verdict?: Verdict;
  readonly edited?: boolean;
  readonly foreign?: Foreign | undefined;
}

/** a.jpg, then a (2).jpg, a (3).jpg. */
function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/.exec(name) ?? [];
  for (let number = 2; ; number += 1) {
    const candidate = `${stem} (${number})${extension}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** The session's images with new ones behind them, and those with where their files come from. firstId: never used in it before. */
export function withNewImages(images: readonly AnnotatedImage[], added: readonly NewImage[], firstId: number) {
  const taken = new Set(images.map(({ name }) => name));
  const entries = added.map((given, i) => {
    const name = uniqueName(given.name, taken);
    taken.add(name);
    const image: AnnotatedImage = {
      id: firstId + i,
      name,
      size: given.size,
      document: given.document ?? EMPTY_DOCUMENT,
      verdict: given.verdict ?? 'open',
      edited: given.edited ?? false,
      foreign: given.foreign,
    };
    return { image, given };
  });
  return { images: [...images, ...entries.map(({ image }) => image)], entries };
}

export function imageOf({ images }: Pick<SessionState, 'images'>, id: number | undefined): AnnotatedImage | undefined {
  return images.find((image) => image.id === id);
}

/** The images with a change to one of them. */
export function withChange(images: readonly AnnotatedImage[], id: number, change: Partial<AnnotatedImage>) {
  return images.map((image) => (image.id === id ? { ...image, ...change } : image));
}

/** The work with that of one image changed, for images that are there. */
export function withWork(state: Pick<SessionState, 'images' | 'work'>, id: number, work: Work): SessionState['work'] {
  return imageOf(state, id) ? new Map(state.work).set(id, work) : state.work;
}
