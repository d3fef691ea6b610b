import {
  type AnnotatedImage,
  EMPTY_DOCUMENT,
  type Foreign,
  type ImageDocument,
  type Subject,
  type Verdict,
} from '../../annotate/document';
import { foreignAfter } from '../../annotate/formats/provenance';
import { type History, historyOf } from '../../annotate/history';
import type { StoredImage } from '../../database/session-database';
import type { Size } from '../../pose/roi';
import { SourceError } from '../../source/error';
import { type Notice, report } from '../shell/report';

/** How far the labels of an image have got. queued: waiting for a draft. drafted: by the network, or imported. edited: changed by hand. */
export type Progress = 'queued' | 'drafting' | 'drafted' | 'edited';

/** The status of an image that has not failed. An accepted image is never drafted. */
type Intact =
  | { readonly kind: Progress }
  | { readonly kind: 'accepted'; readonly edited: boolean }
  /** An image may be flagged before it is drafted; the flag stays while the image is drafted and edited. */
  | { readonly kind: 'flagged'; readonly progress: Progress };

export type ImageStatus =
  | Intact
  /** The file could not be opened or saved, or the network failed on it. before: the status it returns to once that works. */
  | { readonly kind: 'failed'; readonly notice: Notice; readonly before: Intact };

/** Where the file of an image is. */
export type ImageFile =
  | { readonly kind: 'saved' }
  /** As the user provided it. unreadable: so far it could not be read for saving. */
  | { readonly kind: 'pending' | 'unreadable'; readonly read: () => Promise<Blob> }
  /** Lost when its tab was closed: only the labels were saved. */
  | { readonly kind: 'missing' };

/** Everything known about one image of an annotation session, except its pixels. Immutable, like everything below. */
export interface ImageRecord {
  /** Unique within the session, not reused while it is open. */
  readonly id: number;
  /** File name with the folders it came in, separated by '/'; unique within the session. */
  readonly name: string;
  /** After EXIF orientation; undefined until the image has been decoded once. */
  readonly size: Size | undefined;
  readonly foreign: Foreign | undefined;
  /** Its labels, with the edits that can be undone and redone as long as the session is open. */
  readonly history: History<ImageDocument>;
  readonly status: ImageStatus;
  /** Its edits began while it waited for a draft: once all of them are undone, it waits again. */
  readonly beganQueued: boolean;
  /**
   * Its labels began with a draft of the whole image, so that can be compared with ground truth. False while it waits for one, and for
   * labels that were imported or drawn without: no draft has missed the people who were only labelled there.
   */
  readonly hasDraft: boolean;
  /** Everybody in that draft, as the network drafted them. Undefined if it was imported, or saved by an earlier version. */
  readonly draft: readonly Subject[] | undefined;
  readonly file: ImageFile;
  /** Keys of the label-check findings that the user has approved. */
  readonly approved: ReadonlySet<string>;
}

const intactOf = (status: ImageStatus): Intact => (status.kind === 'failed' ? status.before : status);

function progressOf(status: ImageStatus): Progress {
  const intact = intactOf(status);
  if (intact.kind === 'accepted') return intact.edited ? 'edited' : 'drafted';
  return intact.kind === 'flagged' ? intact.progress : intact.kind;
}

export function verdictOf({ status }: ImageRecord): Verdict {
  const { kind } = intactOf(status);
  return kind === 'accepted' || kind === 'flagged' ? kind : 'open';
}

export const documentOf = ({ history }: ImageRecord): ImageDocument => history.present;
const isEdited = ({ status }: ImageRecord): boolean => progressOf(status) === 'edited';
/** It has been drafted by the network, or needs no draft. */
export const isDrafted = ({ status }: ImageRecord): boolean => !['queued', 'drafting'].includes(progressOf(status));
/** Whether labels that were imported or saved began with a draft, as far as they tell. */
const beganWithDraft = ({ subjects }: ImageDocument): boolean =>
  subjects.length === 0 || subjects.some(({ prediction }) => prediction);

const isAt = (progress: Progress) => (record: ImageRecord) =>
  record.status.kind !== 'failed' && progressOf(record.status) === progress;
export const isQueued = isAt('queued');
export const isDrafting = isAt('drafting');
/** Its draft is still pending; false if drafting failed. */
export const awaitsDraft = (record: ImageRecord): boolean => isQueued(record) || isDrafting(record);
/** Nobody is labelled in it, so a draft, which it does not wait for yet, would overwrite nothing. */
export const canBeDrafted = (record: ImageRecord): boolean =>
  record.status.kind !== 'failed' && isDrafted(record) && documentOf(record).subjects.length === 0;

function intactWith(verdict: Verdict, progress: Progress): Intact {
  if (verdict === 'accepted') return { kind: 'accepted', edited: progress === 'edited' };
  return verdict === 'flagged' ? { kind: 'flagged', progress } : { kind: progress };
}

/** The record with another verdict and progress; a failed record stays failed. */
function withIntact(record: ImageRecord, verdict: Verdict, progress: Progress): ImageRecord {
  const { status } = record;
  const intact = intactWith(verdict, progress);
  return { ...record, status: status.kind === 'failed' ? { ...status, before: intact } : intact };
}

const withProgress = (record: ImageRecord, progress: Progress) => withIntact(record, verdictOf(record), progress);

export const draftStarted = (record: ImageRecord): ImageRecord => (isQueued(record) ? withProgress(record, 'drafting') : record);

/** Its draft was cancelled; the image is queued again. */
export const draftStopped = (record: ImageRecord): ImageRecord => (isDrafting(record) ? withProgress(record, 'queued') : record);

/**
 * Applies a draft, unless labels were drawn or imported in the meantime: those are never overwritten. Approvals concerned other people, whose
 * ids the new ones may have.
 */
export const withDraft = (record: ImageRecord, document: ImageDocument): ImageRecord =>
  isDrafting(record)
    ? {
        ...withProgress(record, 'drafted'),
        history: historyOf(document),
        beganQueued: false,
        hasDraft: true,
        draft: document.subjects,
        approved: new Set(),
      }
    : record;

/** Queues the image for a draft. If it was accepted, that is withdrawn. */
function queued(record: ImageRecord): ImageRecord {
  const verdict = verdictOf(record);
  const open = withIntact(record, verdict === 'accepted' ? 'open' : verdict, 'queued');
  return { ...open, beganQueued: true, hasDraft: false, draft: undefined };
}

/** Queues an image in which nobody is labelled for another draft. */
export const draftWanted = (record: ImageRecord): ImageRecord => (canBeDrafted(record) ? queued(record) : record);

/** The labels were edited, or an edit was undone or redone. An image that is again as it was before its draft waits for the draft. */
export function withEdit(record: ImageRecord, history: History<ImageDocument>): ImageRecord {
  const untouched = record.beganQueued && !history.past && history.present.subjects.length === 0;
  return { ...(untouched ? queued(record) : withProgress(record, 'edited')), history };
}

export const withVerdict = (record: ImageRecord, verdict: Verdict): ImageRecord =>
  withIntact(record, verdict, progressOf(record.status));

/** Opening or saving its file, or drafting it, failed. */
export function withFailure(record: ImageRecord, notice: Notice): ImageRecord {
  const before = intactOf(draftStopped(record).status);
  return { ...record, status: { kind: 'failed', notice, before } };
}

/** Clears a failure, so that what failed is retried, unless its file is still missing. */
export function retried(record: ImageRecord): ImageRecord {
  const { status, file } = record;
  if (status.kind !== 'failed' || file.kind === 'missing') return record;
  return { ...record, status: status.before, file: file.kind === 'unreadable' ? { ...file, kind: 'pending' } : file };
}

export const withFile = (record: ImageRecord, file: ImageFile): ImageRecord => ({ ...record, file });

/** Its file is lost. Its labels are kept until the file is added again. */
export const withoutFile = (record: ImageRecord): ImageRecord =>
  withFailure(withFile(record, { kind: 'missing' }), report(new SourceError('image-missing')));

/** The image was decoded; an import may have measured a different size. */
export const withSize = (record: ImageRecord, { width, height }: Size): ImageRecord =>
  record.size?.width === width && record.size.height === height ? record : { ...record, size: { width, height } };

/** Approves a finding, so that the label check does not show it again. */
export const withApproval = (record: ImageRecord, finding: string): ImageRecord => ({
  ...record,
  approved: new Set(record.approved).add(finding),
});

type Labels = Pick<AnnotatedImage, 'document' | 'verdict' | 'edited' | 'foreign'> & { readonly size?: Size };

/**
 * Imported labels replace everything it had, including its approvals, which concerned other people. Only what an earlier import said about
 * the image itself stays, unless this one says it too.
 */
export function withImport(record: ImageRecord, { document, verdict, edited, foreign, size = record.size }: Labels): ImageRecord {
  const judged = withIntact(record, verdict, edited ? 'edited' : 'drafted');
  return {
    ...judged,
    history: historyOf(document),
    beganQueued: false,
    hasDraft: beganWithDraft(document),
    draft: undefined,
    foreign: foreignAfter(record.foreign, foreign),
    size,
    approved: new Set(),
  };
}

/** The initial record of an image: a file alone, to be drafted, or one with imported labels. */
export function newRecord(id: number, name: string, read: () => Promise<Blob>, labels: Partial<Labels>): ImageRecord {
  const { document, size, verdict = 'open', edited = false, foreign } = labels;
  const progress = document ? (edited ? 'edited' : 'drafted') : 'queued';
  return {
    id,
    name,
    size,
    foreign,
    history: historyOf(document ?? EMPTY_DOCUMENT),
    status: intactWith(verdict, progress),
    beganQueued: progress === 'queued',
    hasDraft: document !== undefined && beganWithDraft(document),
    draft: undefined,
    file: { kind: 'pending', read },
    approved: new Set(),
  };
}

/** The people that the network drafted in it, whatever became of them; of an imported image, the people that it has. */
export const draftedIn = (record: ImageRecord): readonly Subject[] => record.draft ?? documentOf(record).subjects;

/** The image as it is checked, exported and saved. */
export const annotatedImage = (record: ImageRecord): AnnotatedImage => ({
  id: record.id,
  name: record.name,
  size: record.size,
  document: documentOf(record),
  verdict: verdictOf(record),
  edited: isEdited(record),
  foreign: record.foreign,
});

export const storedImage = (record: ImageRecord): StoredImage => ({
  image: annotatedImage(record),
  drafted: isDrafted(record),
  hasDraft: record.hasDraft,
  ...(record.draft && { draft: record.draft }),
  approved: [...record.approved],
});

/** Whether both would be saved identically. */
export const savesAlike = (a: ImageRecord, b: ImageRecord): boolean =>
  a.size === b.size &&
  a.foreign === b.foreign &&
  documentOf(a) === documentOf(b) &&
  a.approved === b.approved &&
  verdictOf(a) === verdictOf(b) &&
  isEdited(a) === isEdited(b) &&
  isDrafted(a) === isDrafted(b) &&
  a.hasDraft === b.hasDraft &&
  a.draft === b.draft;

/** Restores a record as it was saved. hasFile: its file was saved as well. */
export function recordOfStored({ image, drafted, approved, ...stored }: StoredImage, hasFile: boolean): ImageRecord {
  const { id, name, size, document, verdict, edited, foreign } = image;
  const { hasDraft = drafted && beganWithDraft(document), draft } = stored;
  const progress = edited ? 'edited' : drafted || document.subjects.length > 0 ? 'drafted' : 'queued';
  const status = intactWith(verdict, progress);
  const record: ImageRecord = {
    id,
    name,
    size,
    foreign,
    history: historyOf(document),
    status,
    beganQueued: progress === 'queued',
    hasDraft,
    draft,
    file: { kind: 'saved' },
    approved: new Set(approved),
  };
  return hasFile ? record : withoutFile(record);
}
