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

/** The worst score of its draft. Images in which nobody was found come first; those that have no draft or failed come last. */
const rank = (record: ImageRecord) => worstScore(documentOf(record)) ?? (isDrafted(record) && !failed(record) ? -1 : 2);

const inOrder: Readonly<Record<Sort, (images: readonly ImageRecord[]) => readonly ImageRecord[]>> = {
  given: (images) => images,
  name: (images) => images.toSorted(byName),
  worst: (images) => {
    const ranks = new Map(images.map((record) => [record.id, rank(record)]));
    return images.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
  },
};

const sortedBy = new WeakMap<readonly ImageRecord[], { readonly sort: Sort; readonly sorted: readonly ImageRecord[] }>();

/** Sorts the images; ties keep the order given. Several components ask after each change; the images are sorted only once. */
function sorted(images: readonly ImageRecord[], sort: Sort): readonly ImageRecord[] {
  const known = sortedBy.get(images);
  if (known?.sort === sort) return known.sorted;
  const sorted = inOrder[sort](images);
  sortedBy.set(images, { sort, sorted });
  return sorted;
}

/** The images shown in the list, in list order. */
export function listed({ images, filter, sort }: Listing): readonly ImageRecord[] {
  const all = sorted(images, sort);
  return filter === 'all' ? all : all.filter(PASSES[filter]);
}

/**
 * The image `by` places after the given one in the list (before it, if negative); undefined past either end. If the filter hides the
 * given image, counting starts from where it would be.
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
  /** Images whose drafts are still pending. */
  readonly waiting: number;
  readonly failed: number;
  /** Failed images for which a retry may succeed. */
  readonly worthARetry: number;
  readonly accepted: number;
  readonly flagged: number;
}

const counted = new WeakMap<readonly ImageRecord[], Counts>();

/** Several components ask after each change; the images are counted only once. */
export function countsOf(images: readonly ImageRecord[]): Counts {
  const known = counted.get(images);
  if (known) return known;
  const counts = { all: images.length, waiting: 0, failed: 0, worthARetry: 0, accepted: 0, flagged: 0 };
  for (const record of images) {
    const { status } = record;
    const verdict = verdictOf(record);
    if (verdict !== 'open') counts[verdict] += 1;
    if (awaitsDraft(record)) counts.waiting += 1;
    if (status.kind !== 'failed') continue;
    counts.failed += 1;
    if (status.notice.remedy !== 'none') counts.worthARetry += 1;
  }
  counted.set(images, counts);
  return counts;
}
