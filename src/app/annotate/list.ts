import { worstScore } from '../../annotate/draft';
import { byName } from '../../source/gather';
import { awaitsDraft, documentOf, type ImageRecord, isDrafted, verdictOf } from './image-record';
import type { Filter, SessionState, Sort } from './state';

type Listing = Pick<SessionState, 'images' | 'filter' | 'sort'>;

const failed = ({ status }: ImageRecord) => status.kind === 'failed';

const PASSES: Record<Filter, (record: ImageRecord) => boolean> = {
  all: () => true,
  unfinished: (record) => verdictOf(record) !== 'accepted',
  flagged: (record) => verdictOf(record) === 'flagged',
  accepted: (record) => verdictOf(record) === 'accepted',
  failed,
};

/** Without a draft: images where nobody was found come first, those that are not drafted last. */
const rank = (record: ImageRecord) => worstScore(documentOf(record)) ?? (isDrafted(record) && !failed(record) ? -1 : 2);

/** The images in an order; ties stay in the order given. */
function sorted(images: readonly ImageRecord[], sort: Sort): readonly ImageRecord[] {
  if (sort === 'given') return images;
  if (sort === 'name') return images.toSorted(byName);
  const ranks = new Map(images.map((record) => [record.id, rank(record)]));
  return images.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}

/** The images that the list shows, in its order. */
export function listed({ images, filter, sort }: Listing): readonly ImageRecord[] {
  return sorted(images, sort).filter(PASSES[filter]);
}

/**
 * The image `by` places after one in the list (before it, if negative); undefined past its ends. One that the filter hides counts from
 * where it would stand.
 */
export function neighbour({ images, filter, sort }: Listing, id: number | undefined, by: 1 | -1): number | undefined {
  const all = sorted(images, sort);
  for (let at = all.findIndex((record) => record.id === id) + by; at >= 0 && at < all.length; at += by) {
    const candidate = all[at];
    if (candidate && PASSES[filter](candidate)) return candidate.id;
  }
  return undefined;
}

export interface Counts {
  readonly all: number;
  /** Their drafts are still to come. */
  readonly waiting: number;
  readonly failed: number;
  /** Of those that failed: it may go well another time. */
  readonly worthARetry: number;
  readonly accepted: number;
  readonly flagged: number;
}

export function countsOf(images: readonly ImageRecord[]): Counts {
  const count = (test: (record: ImageRecord) => boolean) => images.filter(test).length;
  return {
    all: images.length,
    waiting: count(awaitsDraft),
    failed: count(failed),
    worthARetry: count(({ status }) => status.kind === 'failed' && status.notice.remedy !== 'none'),
    accepted: count(PASSES.accepted),
    flagged: count(PASSES.flagged),
  };
}
