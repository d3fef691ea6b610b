import { type AnnotatedImage, EMPTY_DOCUMENT, type Foreign, type ImageDocument, type Verdict } from '../../annotate/document';
import { type History, historyOf } from '../../annotate/history';
import type { StoredImage } from '../../database/session-database';
import type { Size } from '../../pose/roi';
import { SourceError } from '../../source/error';
import { type Notice, report } from '../shell/report';

/** How far the labels of an image are. queued: it waits for its draft. drafted: by the network, or imported. edited: changed by hand. */
export type Progress = 'queued' | 'drafting' | 'drafted' | 'edited';

/** The status of an image that did not fail. An accepted image is never drafted. */
type Sound =
  | { readonly kind: Progress }
  | { readonly kind: 'accepted'; readonly edited: boolean }
  /** A flag may come before the draft, and stays while the image is drafted and edited. */
  | { readonly kind: 'flagged'; readonly progress: Progress };

export type ImageStatus =
  | Sound
  /** The file could not be opened or saved, or the network failed on it. before: the status it returns to once that works. */
  | { readonly kind: 'failed'; readonly notice: Notice; readonly before: Sound };

/** Where the file of an image is. */
export type ImageFile =
  | { readonly kind: 'saved' }
  /** As the user gave it; unreadable: so far it could not be read in order to be saved. */
  | { readonly kind: 'pending' | 'unreadable'; readonly read: () => Promise<Blob> }
  /** Lost with the tab that it was given to: only the labels were saved. */
  | { readonly kind: 'missing' };

/** All that is known of one image of an annotation session, but for its pixels. Immutable, as everything below. */
export interface ImageRecord {
  /** Unique within the session, never used again. */
  readonly id: number;
  /** File name, with the folders it came in ('/' between), unique within the session. */
  readonly name: string;
  /** After EXIF orientation; undefined until the image has been decoded once. */
  readonly size: Size | undefined;
  readonly foreign: Foreign | undefined;
  /** Its labels, with the edits that can be undone and redone as long as the session is open. */
  readonly history: History<ImageDocument>;
  readonly status: ImageStatus;
  readonly file: ImageFile;
  /** The keys of the findings of the label check that the user has approved. */
  readonly approved: ReadonlySet<string>;
}

const soundOf = (status: ImageStatus): Sound => (status.kind === 'failed' ? status.before : status);

function progressOf(status: ImageStatus): Progress {
  const sound = soundOf(status);
  if (sound.kind === 'accepted') return sound.edited ? 'edited' : 'drafted';
  return sound.kind === 'flagged' ? sound.progress : sound.kind;
}

export function verdictOf({ status }: ImageRecord): Verdict {
  const { kind } = soundOf(status);
  return kind === 'accepted' || kind === 'flagged' ? kind : 'open';
}

export const documentOf = ({ history }: ImageRecord): ImageDocument => history.present;
const isEdited = ({ status }: ImageRecord): boolean => progressOf(status) === 'edited';
/** The network has drafted it, or need not. */
export const isDrafted = ({ status }: ImageRecord): boolean => !['queued', 'drafting'].includes(progressOf(status));
/**
 * Whether its draft can be compared with a truth. Not so for an image that came with labels and without drafts: no draft has missed the
 * people who are only drawn there.
 */
export function hasDraft(record: ImageRecord): boolean {
  const { subjects } = documentOf(record);
  return isDrafted(record) && (isEdited(record) || subjects.length === 0 || subjects.some(({ prediction }) => prediction));
}

const isAt = (progress: Progress) => (record: ImageRecord) =>
  record.status.kind !== 'failed' && progressOf(record.status) === progress;
export const isQueued = isAt('queued');
export const isDrafting = isAt('drafting');
/** Its draft is still to come; not so if that failed. */
export const awaitsDraft = (record: ImageRecord): boolean => isQueued(record) || isDrafting(record);

function soundWith(verdict: Verdict, progress: Progress): Sound {
  if (verdict === 'accepted') return { kind: 'accepted', edited: progress === 'edited' };
  return verdict === 'flagged' ? { kind: 'flagged', progress } : { kind: progress };
}

/** The record with another verdict and progress; one that failed stays failed. */
function withSound(record: ImageRecord, verdict: Verdict, progress: Progress): ImageRecord {
  const { status } = record;
  const sound = soundWith(verdict, progress);
  return { ...record, status: status.kind === 'failed' ? { ...status, before: sound } : sound };
}

const withProgress = (record: ImageRecord, progress: Progress) => withSound(record, verdictOf(record), progress);

export const draftStarted = (record: ImageRecord): ImageRecord => (isQueued(record) ? withProgress(record, 'drafting') : record);

/** Its draft was given up; it waits again. */
export const draftStopped = (record: ImageRecord): ImageRecord => (isDrafting(record) ? withProgress(record, 'queued') : record);

/** Takes a draft, unless labels came meanwhile, from a hand or a file: those are never overwritten. */
export const withDraft = (record: ImageRecord, document: ImageDocument): ImageRecord =>
  isDrafting(record) ? { ...withProgress(record, 'drafted'), history: historyOf(document) } : record;

/** The labels were edited, or an edit was undone or redone. */
export const withEdit = (record: ImageRecord, history: History<ImageDocument>): ImageRecord => ({
  ...withProgress(record, 'edited'),
  history,
});

export const withVerdict = (record: ImageRecord, verdict: Verdict): ImageRecord =>
  withSound(record, verdict, progressOf(record.status));

/** Opening or saving its file, or drafting it, failed. */
export function withFailure(record: ImageRecord, notice: Notice): ImageRecord {
  const before = soundOf(draftStopped(record).status);
  return { ...record, status: { kind: 'failed', notice, before } };
}

/** What failed is to be tried again. */
export function retried(record: ImageRecord): ImageRecord {
  const { status, file } = record;
  if (status.kind !== 'failed') return record;
  return { ...record, status: status.before, file: file.kind === 'unreadable' ? { ...file, kind: 'pending' } : file };
}

export const withFile = (record: ImageRecord, file: ImageFile): ImageRecord => ({ ...record, file });

/** The image was decoded; an import may have measured another one. */
export const withSize = (record: ImageRecord, { width, height }: Size): ImageRecord =>
  record.size?.width === width && record.size.height === height ? record : { ...record, size: { width, height } };

/** The label check need not show a finding again. */
export const withApproval = (record: ImageRecord, finding: string): ImageRecord => ({
  ...record,
  approved: new Set(record.approved).add(finding),
});

type Labels = Pick<AnnotatedImage, 'document' | 'verdict' | 'edited' | 'foreign'> & { readonly size?: Size };

/** Imported labels replace all that it had, its approvals included: those concerned other people. */
export function withImport(record: ImageRecord, { document, verdict, edited, foreign, size = record.size }: Labels): ImageRecord {
  const judged = withSound(record, verdict, edited ? 'edited' : 'drafted');
  return { ...judged, history: historyOf(document), foreign, size, approved: new Set() };
}

/** A record as a session begins with it: of a file alone, which is to be drafted, or with imported labels. */
export function newRecord(id: number, name: string, read: () => Promise<Blob>, labels: Partial<Labels>): ImageRecord {
  const { document, size, verdict = 'open', edited = false, foreign } = labels;
  const progress = document ? (edited ? 'edited' : 'drafted') : 'queued';
  return {
    id,
    name,
    size,
    foreign,
    history: historyOf(document ?? EMPTY_DOCUMENT),
    status: soundWith(verdict, progress),
    file: { kind: 'pending', read },
    approved: new Set(),
  };
}

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
  approved: [...record.approved],
});

/** Both would be saved as the same. */
export const savesAlike = (a: ImageRecord, b: ImageRecord): boolean =>
  a.size === b.size &&
  a.foreign === b.foreign &&
  documentOf(a) === documentOf(b) &&
  a.approved === b.approved &&
  verdictOf(a) === verdictOf(b) &&
  isEdited(a) === isEdited(b) &&
  isDrafted(a) === isDrafted(b);

/** A record as it was saved. hasFile: its file was saved as well. */
export function recordOfStored({ image, drafted, approved }: StoredImage, hasFile: boolean): ImageRecord {
  const { id, name, size, document, verdict, edited, foreign } = image;
  const progress = edited ? 'edited' : drafted || document.subjects.length > 0 ? 'drafted' : 'queued';
  const status = soundWith(verdict, progress);
  const record = { id, name, size, foreign, history: historyOf(document), approved: new Set(approved) };
  if (hasFile) return { ...record, status, file: { kind: 'saved' } };
  const notice = report(new SourceError('image-missing'));
  return { ...record, status: { kind: 'failed', notice, before: status }, file: { kind: 'missing' } };
}
