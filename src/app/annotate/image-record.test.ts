import { expect, it } from 'vitest';
import { EMPTY_DOCUMENT, type Foreign, type ImageDocument } from '../../annotate/document';
import { withProvenance } from '../../annotate/formats/provenance';
import { commit, historyOf, redo, undo, undoable } from '../../annotate/history';
import { documentOf as documentWith, row } from '../../annotate/testing';
import { SourceError } from '../../source/error';
import { report } from '../shell/report';
import {
  annotatedImage,
  awaitsDraft,
  documentOf,
  draftedIn,
  draftStarted,
  draftStopped,
  draftWanted,
  type ImageRecord,
  isDrafted,
  newRecord,
  recordOfStored,
  retried,
  savesAlike,
  storedImage,
  withApproval,
  withDraft,
  withEdit,
  withFailure,
  withFile,
  withImport,
  withSize,
  withVerdict,
} from './image-record';

const read = async () => new Blob(['pixels']);
const ONE = documentWith(row(50, 100));
const OTHER = documentWith(row(10, 10), row(10, 60));
const BROKEN = report(new SourceError('unreadable'));

const queued = newRecord(1, 'a.jpg', read, {});
const drafting = draftStarted(queued);
const drafted = withDraft(drafting, ONE);
const edited = withEdit(drafted, commit(drafted.history, OTHER, 'person added'));
/** The same labels without their drafts. */
const documentWithout = (document: ImageDocument): ImageDocument => ({
  ...document,
  subjects: document.subjects.map((subject) => ({ ...subject, prediction: undefined })),
});
const status = (record: ImageRecord) => record.status;
const judged = ({ status }: ImageRecord) => (status.kind === 'failed' ? status.before : status);

it('progresses from queued through drafted and edited to a verdict', () => {
  expect([queued, drafting, drafted, edited].map(({ status }) => status.kind)).toEqual([
    'queued',
    'drafting',
    'drafted',
    'edited',
  ]);
  expect([queued, drafting, drafted, edited].map(awaitsDraft)).toEqual([true, true, false, false]);
  expect(status(withVerdict(edited, 'accepted'))).toEqual({ kind: 'accepted', edited: true });
  expect(status(withVerdict(drafted, 'accepted'))).toEqual({ kind: 'accepted', edited: false });
});

it('applies a draft without an undo step, and an edit with one', () => {
  expect(documentOf(drafted)).toBe(ONE);
  expect(undoable(drafted.history)).toBeUndefined();
  expect(undoable(edited.history)).toBe('person added');
});

it('never overwrites labels that arrived while the draft was being made', () => {
  const byHand = withEdit(drafting, historyOf(OTHER));
  const byFile = withImport(drafting, { document: EMPTY_DOCUMENT, verdict: 'open', edited: false, foreign: undefined });
  const lost = withFailure(drafting, BROKEN);
  for (const record of [byHand, byFile, lost, queued, drafted]) expect(withDraft(record, ONE)).toBe(record);
});

it('waits for its draft again once all edits made before it are undone, and then takes it', () => {
  const added = commit(queued.history, OTHER, 'person added');
  const undone = undo(added);
  for (const record of [queued, drafting]) {
    const back = withEdit(withEdit(record, added), { ...undone, present: { ...undone.present, nextId: 3 } });
    expect(status(back)).toEqual({ kind: 'queued' });
    expect(documentOf(withDraft(draftStarted(back), ONE))).toBe(ONE);
    expect(status(withEdit(back, redo(back.history)))).toEqual({ kind: 'edited' });
  }
  const flagged = withEdit(withEdit(withVerdict(queued, 'flagged'), added), undone);
  expect(status(flagged)).toEqual({ kind: 'flagged', progress: 'queued' });
  const accepted = withEdit(withVerdict(withEdit(queued, added), 'accepted'), undone);
  expect(status(accepted)).toEqual({ kind: 'queued' }); // an accepted image would never be drafted
  const failed = withEdit(withEdit(withFailure(queued, BROKEN), added), undone);
  expect(judged(failed)).toEqual({ kind: 'queued' });
});

it('stays edited if an undo leads back to a draft or an import, even one of nobody', () => {
  const labels = { document: EMPTY_DOCUMENT, verdict: 'open', edited: false, foreign: undefined } as const;
  for (const record of [drafted, withDraft(drafting, EMPTY_DOCUMENT), withImport(queued, labels)]) {
    const added = commit(record.history, OTHER, 'person added');
    expect(status(withEdit(withEdit(record, added), undo(added)))).toEqual({ kind: 'edited' });
  }
});

it('stays accepted or edited after it was emptied and resumed, even if an edit made since then is undone', () => {
  const added = commit(queued.history, documentWithout(ONE), 'person added');
  const emptied = withEdit(withEdit(queued, added), commit(added, EMPTY_DOCUMENT, 'person deleted'));
  for (const verdict of ['open', 'accepted'] as const) {
    const resumed = recordOfStored(storedImage(withVerdict(emptied, verdict)), true);
    const again = commit(resumed.history, OTHER, 'person added');
    const undone = withEdit(withVerdict(withEdit(resumed, again), verdict), undo(again));
    expect([awaitsDraft(undone), annotatedImage(undone).verdict]).toEqual([false, verdict]);
  }
});

it('can be drafted on request if nobody is labelled, and is never drafted over labels', () => {
  const emptied = withEdit(drafted, commit(drafted.history, EMPTY_DOCUMENT, 'person deleted'));
  for (const record of [emptied, withDraft(drafting, EMPTY_DOCUMENT), withVerdict(emptied, 'accepted')]) {
    const wanted = draftWanted(record);
    expect(status(wanted)).toEqual({ kind: 'queued' });
    expect(documentOf(withDraft(draftStarted(wanted), ONE))).toBe(ONE);
  }
  for (const record of [queued, drafting, drafted, edited, withFailure(emptied, BROKEN)])
    expect(draftWanted(record)).toBe(record);
});

it('remembers whom the network drafted until labels are imported or it is drafted again, also once it is restored', () => {
  expect(draftedIn(edited)).toEqual(ONE.subjects);
  expect(draftedIn(recordOfStored(storedImage(edited), true))).toEqual(ONE.subjects);
  const labels = { document: OTHER, verdict: 'open', edited: false, foreign: undefined } as const;
  expect(draftedIn(withImport(edited, labels))).toEqual(OTHER.subjects);
  const emptied = withEdit(drafted, commit(drafted.history, EMPTY_DOCUMENT, 'person deleted'));
  expect(draftedIn(draftWanted(emptied))).toEqual([]);
  const { draft: _, ...older } = storedImage(edited);
  expect(draftedIn(recordOfStored(older, true))).toEqual(OTHER.subjects);
});

it('forgets what was approved when it is drafted again: the ids may be those of other people', () => {
  const emptied = withEdit(withApproval(drafted, '1 1 limb 4'), commit(drafted.history, EMPTY_DOCUMENT, 'person deleted'));
  expect(withDraft(draftStarted(draftWanted(emptied)), ONE).approved.size).toBe(0);
});

it('has a draft to compare if its labels began with one, whatever was edited since, also once it is restored', () => {
  const undrafted = documentWithout(OTHER);
  const labels = { document: undrafted, verdict: 'open', edited: false, foreign: undefined } as const;
  const imported = withImport(drafted, labels);
  const nudged = withEdit(imported, commit(imported.history, documentWithout(ONE), 'nose moved'));
  const boxed = withEdit(
    imported,
    commit(imported.history, { ...undrafted, subjects: [...undrafted.subjects, ...ONE.subjects] }, ''),
  );
  const drawn = withEdit(queued, commit(queued.history, ONE, 'person added'));
  const cleared = withEdit(drafted, commit(drafted.history, undrafted, 'people replaced'));
  const records: [ImageRecord, boolean][] = [
    ...[queued, drafting, imported, nudged, boxed, drawn].map((record): [ImageRecord, boolean] => [record, false]),
    ...[drafted, edited, cleared, withDraft(drafting, EMPTY_DOCUMENT)].map((record): [ImageRecord, boolean] => [record, true]),
    [withImport(drafted, { ...labels, document: OTHER }), true],
  ];
  for (const [record, has] of records) {
    expect(record.hasDraft).toBe(has);
    expect(recordOfStored(storedImage(record), true).hasDraft).toBe(has);
  }
  const { hasDraft: _, ...older } = storedImage(imported);
  expect(recordOfStored(older, true).hasDraft).toBe(false);
});

it('queues an image again when its draft is stopped, and leaves one that is not being drafted unchanged', () => {
  expect(status(draftStopped(drafting))).toEqual({ kind: 'queued' });
  for (const record of [drafted, edited, withFailure(drafting, BROKEN)]) expect(draftStopped(record)).toBe(record);
  expect(draftStarted(edited)).toBe(edited);
});

it('keeps a flag while the image is drafted and edited, and removes it without a trace', () => {
  const flagged = withVerdict(queued, 'flagged');
  expect(awaitsDraft(flagged)).toBe(true);
  const stages = [flagged, draftStarted(flagged), withDraft(draftStarted(flagged), ONE), withEdit(flagged, historyOf(ONE))];
  expect(stages.map(status)).toEqual(
    ['queued', 'drafting', 'drafted', 'edited'].map((progress) => ({ kind: 'flagged', progress })),
  );
  expect(stages.map((record) => withVerdict(record, 'open').status.kind)).toEqual(['queued', 'drafting', 'drafted', 'edited']);
});

it('keeps an accepted image accepted when it is edited, and remembers the edit', () => {
  const changed = withEdit(withVerdict(drafted, 'accepted'), historyOf(OTHER));
  expect(status(changed)).toEqual({ kind: 'accepted', edited: true });
  expect(status(withVerdict(changed, 'open'))).toEqual({ kind: 'edited' });
});

it('keeps the previous status behind a failure, even as that changes, and restores it on retry', () => {
  for (const [before, after] of [
    [drafting, { kind: 'queued' }],
    [edited, { kind: 'edited' }],
    [withVerdict(edited, 'flagged'), { kind: 'flagged', progress: 'edited' }],
  ] as const) {
    const failed = withFailure(before, BROKEN);
    expect(status(failed)).toEqual({ kind: 'failed', notice: BROKEN, before: after });
    expect(awaitsDraft(failed)).toBe(false);
    expect(status(retried(failed))).toEqual(after);
    expect(withFailure(failed, BROKEN)).toEqual(failed);
  }
  const failed = withFailure(drafting, BROKEN);
  const labelled = withVerdict(withEdit(failed, historyOf(ONE)), 'accepted');
  expect(labelled.status.kind).toBe('failed');
  expect(judged(labelled)).toEqual({ kind: 'accepted', edited: true });
});

it('reads an unreadable file again on retry, and leaves images that did not fail unchanged', () => {
  const unreadable = withFailure(withFile(edited, { kind: 'unreadable', read }), BROKEN);
  expect(retried(unreadable).file).toEqual({ kind: 'pending', read });
  expect(retried(edited)).toBe(edited);
});

it('replaces labels, verdict and approvals on import', () => {
  const labels = { document: OTHER, verdict: 'accepted', edited: true, foreign: { id: 7 } } as const;
  const imported = withImport(withApproval(edited, '1 1 limb 4'), labels);
  expect(annotatedImage(imported)).toMatchObject({ ...labels, size: undefined });
  expect(imported.approved.size).toBe(0);
  expect(undoable(imported.history)).toBeUndefined();
  expect(judged(withImport(withFailure(queued, BROKEN), labels))).toEqual({ kind: 'accepted', edited: true });
});

it('keeps what an earlier import said about the image if the next one says nothing, and adds an id alone to it', () => {
  const after = (before: object | undefined, foreign: object | undefined) => {
    const labels = { document: OTHER, verdict: 'open', edited: false } as const;
    const first = withImport(queued, { ...labels, foreign: before as Foreign | undefined });
    return withImport(first, { ...labels, foreign: foreign as Foreign | undefined }).foreign;
  };
  const listed = withProvenance({ id: 7, license: 3 }, { fileName: 'a.jpg', split: 'val' });
  expect(after(listed, undefined)).toEqual(listed);
  expect(after(undefined, undefined)).toBeUndefined();
  expect(after(withProvenance({}, { split: 'val' }), { id: 7 })).toEqual(withProvenance({ id: 7 }, { split: 'val' }));
  expect(after(listed, withProvenance({ id: 8 }, {}))).toEqual(withProvenance({ id: 8 }, {})); // of another file, so no license of this one
});

it('restores everything that is saved, and queues a draft in progress again', () => {
  const records = [queued, drafting, drafted, edited, withVerdict(queued, 'flagged'), withVerdict(edited, 'accepted')];
  for (const record of records.map((one) => withSize(withApproval(one, '1 1 limb 4'), { width: 4, height: 3 }))) {
    const again = recordOfStored(storedImage(record), true);
    expect(storedImage(again)).toEqual(storedImage(record));
    expect(again.status).toEqual(draftStopped(record).status);
    expect(again.file).toEqual({ kind: 'saved' });
  }
});

it('restores an image without its file as failed, and its status once the file is back', () => {
  const missing = recordOfStored(storedImage(withVerdict(edited, 'accepted')), false);
  expect(missing).toMatchObject({ status: { kind: 'failed', notice: { code: 'image-missing' } }, file: { kind: 'missing' } });
  expect(retried(missing)).toBe(missing);
  const back = withFile(missing, { kind: 'pending', read: async () => new Blob() });
  expect(status(retried(back))).toEqual({ kind: 'accepted', edited: true });
});

it('needs to be saved again only when something that is saved has changed', () => {
  expect(savesAlike(queued, drafting)).toBe(true);
  expect(savesAlike(edited, withFailure(edited, BROKEN))).toBe(true);
  expect(savesAlike(edited, withFile(edited, { kind: 'saved' }))).toBe(true);
  const changes = [
    withVerdict(edited, 'flagged'),
    withEdit(edited, historyOf(ONE)),
    withSize(edited, { width: 1, height: 1 }),
    withApproval(edited, '1 1 limb 4'),
    { ...edited, draft: undefined },
  ];
  for (const changed of changes) expect(savesAlike(edited, changed)).toBe(false);
  expect(isDrafted(drafting)).toBe(false);
  expect(savesAlike(drafting, withDraft(drafting, EMPTY_DOCUMENT))).toBe(false);
});
