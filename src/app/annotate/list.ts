import type { AnnotatedImage } from '../../annotate/document';
import { worstScore } from '../../annotate/draft';
import { byName } from '../../source/gather';
import { type Filter, type SessionState, type Sort, type Work, workOf } from './state';

/** How an image stands, as its thumbnail shows it; the first that holds. */
export type Standing = 'failed' | 'flagged' | 'accepted' | 'edited' | 'drafting' | 'waiting' | 'drafted';

export function standingOf(image: AnnotatedImage, work: Work): Standing {
  if (work.state === 'failed') return 'failed';
  if (image.verdict !== 'open') return image.verdict;
  if (image.edited) return 'edited';
  return work.state === 'done' ? 'drafted' : work.state;
}

const PASSES: Record<Filter, (image: AnnotatedImage, work: Work) => boolean> = {
  all: () => true,
  unfinished: (image) => image.verdict !== 'accepted',
  flagged: (image) => image.verdict === 'flagged',
  accepted: (image) => image.verdict === 'accepted',
  failed: (_, work) => work.state === 'failed',
};

/** Without a draft: nobody found comes first, what has not been looked at last. */
const rank = (image: AnnotatedImage, work: Work) => worstScore(image.document) ?? (work.state === 'done' ? -1 : 2);

/** The images in an order; ties stay in the order given. */
function sorted(images: readonly AnnotatedImage[], sort: Sort, work: SessionState['work']): readonly AnnotatedImage[] {
  if (sort === 'given') return images;
  if (sort === 'name') return images.toSorted(byName);
  const ranks = new Map(images.map((image) => [image.id, rank(image, workOf(work, image.id))]));
  return images.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}

/** The images that the list shows, in its order. */
export function listed({
  images,
  work,
  filter,
  sort,
}: Pick<SessionState, 'images' | 'work' | 'filter' | 'sort'>): readonly AnnotatedImage[] {
  return sorted(images, sort, work).filter((image) => PASSES[filter](image, workOf(work, image.id)));
}

/**
 * The image `by` places after one in the list (before it, if negative); undefined past its ends. One that the filter hides counts from
 * where it would stand.
 */
export function neighbour(state: SessionState, id: number | undefined, by: 1 | -1): number | undefined {
  const all = sorted(state.images, state.sort, state.work);
  const shown = new Set(listed(state).map((image) => image.id));
  for (let at = all.findIndex((image) => image.id === id) + by; at >= 0 && at < all.length; at += by) {
    const candidate = all[at]?.id;
    if (candidate !== undefined && shown.has(candidate)) return candidate;
  }
  return undefined;
}

export interface Counts {
  readonly all: number;
  /** Waiting for a draft, or being drafted. */
  readonly waiting: number;
  readonly failed: number;
  /** Of those that failed: it may go well another time. */
  readonly worthARetry: number;
  readonly accepted: number;
  readonly flagged: number;
}

export function countsOf({ images, work }: Pick<SessionState, 'images' | 'work'>): Counts {
  const count = (test: (image: AnnotatedImage, work: Work) => boolean) =>
    images.reduce((sum, image) => sum + Number(test(image, workOf(work, image.id))), 0);
  return {
    all: images.length,
    waiting: count((_, { state }) => state === 'waiting' || state === 'drafting'),
    failed: count((_, { state }) => state === 'failed'),
    worthARetry: count((_, work) => work.state === 'failed' && work.notice.remedy !== 'none'),
    accepted: count(({ verdict }) => verdict === 'accepted'),
    flagged: count(({ verdict }) => verdict === 'flagged'),
  };
}
