import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DOCUMENT } from '../../annotate/document';
import { NOTHING } from '../../annotate/formats/problem';
import { EngineError } from '../../engine/error';
import { viewPoint } from '../../pose/space';
import { FAKE_READY } from '../../testing/fake-client';
import { retry } from '../shell/retry';
import type { Annotate } from './annotate';
import { exportable } from './export';
import { engine, files, images, opened, resetWorld, settled, start, state, statuses, world } from './testing';

beforeEach(resetWorld);

/** A session of one image whose draft is in flight until the returned function is called. */
async function drafting(): Promise<{ annotate: Annotate; go: () => void }> {
  let go = () => {};
  world.hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(statuses(annotate)).toEqual(['drafting']));
  return { annotate, go };
}

it('drafts images one at a time, the one on screen first', async () => {
  let go = () => {};
  world.hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  const order: number[] = [];
  annotate.store.subscribe(({ images: now }) => {
    for (const { id, status } of now) if (status.kind === 'drafting' && order.at(-1) !== id) order.push(id);
  });
  await annotate.openFiles(files('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'));
  expect(world.app.getState().message).toBe('4 images added.');
  expect(state(annotate)).toMatchObject({ phase: 'open', current: 1 });
  await vi.waitFor(() => expect(statuses(annotate)).toEqual(['drafting', 'queued', 'queued', 'queued']));
  annotate.session()?.show(3);
  go();
  await settled(annotate);
  expect(order).toEqual([1, 3, 2, 4]);
  expect(world.asked).toHaveLength(4);
  const image = images(annotate)[0];
  expect(image?.size).toEqual({ width: 640, height: 480 });
  expect(image?.document.subjects[0]?.prediction).toHaveLength(19);
  expect(image?.document.subjects[0]?.labels.filter(({ visibility }) => visibility === 2)).toHaveLength(18);
  expect(image).toMatchObject({ edited: false, verdict: 'open' });
});

it('drafts the remaining images when a session is resumed, and none twice', async () => {
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  annotate.session()?.setDrafting(false);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(statuses(annotate)).toEqual(['queued', 'queued']);
  await annotate.leave();
  expect(state(annotate)).toMatchObject({ phase: 'none', offered: [{ count: 2 }] });
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  await settled(annotate);
  const passes = world.asked.length;
  await annotate.leave();
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  await settled(annotate);
  expect(world.asked).toHaveLength(passes);
});

it('never overwrites manual edits made while the draft was in flight', async () => {
  let go = () => {};
  world.hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(world.asked).toHaveLength(1));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  addPerson(annotate);
  go();
  await settled(annotate);
  expect(images(annotate)[0]?.edited).toBe(true);
  expect(images(annotate)[0]?.document.subjects.map(({ box }) => box)).toEqual([{ x: 300, y: 100, width: 100, height: 200 }]);
});

/** Draws a box around somebody in the open image. */
function addPerson(annotate: Annotate): void {
  const editor = state(annotate).opened?.editor;
  const pointer = { pointer: 1, touch: false, pans: false };
  editor?.dispatch({ type: 'resize', canvas: { width: 640, height: 480 } });
  editor?.dispatch({ type: 'add' });
  editor?.dispatch({ type: 'down', at: viewPoint(300, 100), ...pointer });
  editor?.dispatch({ type: 'move', at: viewPoint(400, 300), ...pointer });
  editor?.dispatch({ type: 'up', at: viewPoint(400, 300), ...pointer });
}

it('drafts an image after all if what was drawn before is undone, and does not export it until then', async () => {
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  const session = annotate.session();
  session?.setDrafting(false);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  addPerson(annotate);
  expect(exportable(state(annotate).images)).toMatchObject({ images: [{ id: 1 }], undrafted: 0 });
  state(annotate).opened?.editor.dispatch({ type: 'undo' });
  expect(exportable(state(annotate).images)).toMatchObject({ images: [], undrafted: 1 });
  session?.setDrafting(true);
  await settled(annotate);
  expect(statuses(annotate)).toEqual(['drafted']);
  expect(images(annotate)[0]?.document.subjects[0]?.prediction).toHaveLength(19);
});

it('drafts an image again on request once nobody is labelled in it, and says so if drafting is paused', async () => {
  const annotate = await opened('a.jpg');
  const session = annotate.session();
  const editor = state(annotate).opened?.editor;
  const drafted = images(annotate)[0]?.document;
  session?.draft(1);
  expect(images(annotate)[0]?.document).toBe(drafted); // somebody is labelled
  session?.setDrafting(false);
  for (const _ of drafted?.subjects ?? []) editor?.dispatch({ type: 'delete' });
  session?.draft(1);
  expect(statuses(annotate)).toEqual(['queued']);
  expect(world.app.getState().message).toBe('Drafting is paused. Press “Resume” to draft this image.');
  session?.setDrafting(true);
  await settled(annotate);
  expect(images(annotate)[0]?.document.subjects).toHaveLength(drafted?.subjects.length ?? 0);
});

it('shows a draft in an editor that is already open', async () => {
  let go = () => {};
  world.hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  expect(state(annotate).opened?.editor.store.getState().document.subjects).toHaveLength(0);
  go();
  await settled(annotate);
  expect(state(annotate).opened?.editor.store.getState().document).toBe(images(annotate)[0]?.document);
});

it('discards a draft if labels were imported while it was in flight, even labels with nobody in them', async () => {
  const { annotate, go } = await drafting();
  world.readsAs = {
    ...NOTHING,
    images: [{ id: 1, document: EMPTY_DOCUMENT, verdict: 'open', edited: false, foreign: undefined }],
  };
  await annotate.openFiles(files('labels.json'));
  expect(statuses(annotate)).toEqual(['drafted']);
  go();
  await vi.waitFor(() => expect(world.app.getState().message).toBe('All images are drafted.')); // the draft has arrived
  expect(images(annotate)[0]?.document.subjects).toEqual([]);
  expect(statuses(annotate)).toEqual(['drafted']);
});

it('refuses to accept an image that has not been drafted yet, and says so', async () => {
  const { annotate, go } = await drafting();
  annotate.session()?.acceptAndNext();
  expect(images(annotate)[0]?.verdict).toBe('open');
  expect(world.app.getState().message).toMatch(/^This image has no draft yet\. Wait for the draft/);
  annotate.session()?.setDrafting(false);
  annotate.session()?.acceptAndNext();
  expect(world.app.getState().message).toMatch(/^This image has no draft yet, and drafting is paused\./);
  annotate.session()?.setDrafting(true);
  go();
  await settled(annotate);
  annotate.session()?.acceptAndNext();
  expect(images(annotate)[0]?.verdict).toBe('accepted');
});

it('reports a file that is not an image on its own row, continues with the others, and retries it on request', async () => {
  const annotate = await opened('a.jpg', 'bad.jpg', 'c.jpg');
  expect(statuses(annotate)).toEqual(['drafted', 'failed', 'drafted']);
  expect(state(annotate).images[1]?.status).toMatchObject({ notice: { code: 'not-an-image' } });
  expect(world.app.getState().message).toBe('All images are drafted except 1 that failed.');
  expect(world.app.getState().notice).toBeUndefined();
  annotate.session()?.retry(2);
  await settled(annotate);
  expect(statuses(annotate)).toEqual(['drafted', 'failed', 'drafted']);
});

it('marks only the image that the network failed on as failed, and drafts it on retry', async () => {
  world.fail = () => (world.asked.length === 2 ? new EngineError({ code: 'estimate-failed', detail: '' }) : undefined);
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  expect(statuses(annotate)).toEqual(['drafted', 'failed', 'drafted']);
  world.fail = () => undefined;
  annotate.session()?.retry();
  await settled(annotate);
  expect(statuses(annotate)).toEqual(['drafted', 'drafted', 'drafted']);
});

it('pauses while the engine is down, and resumes once it is ready again', async () => {
  const failure = { code: 'device-lost', detail: '' } as const;
  world.fail = () => {
    if (world.asked.length !== 2) return undefined;
    world.app.setState({ engine: { state: 'failed', failure } });
    return new EngineError(failure);
  };
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg', 'c.jpg'));
  await vi.waitFor(() => expect(state(annotate).drafting).toBe(false));
  expect(statuses(annotate)).toEqual(['drafted', 'queued', 'queued']);
  expect(world.app.getState().message).not.toContain('All');
  await retry(world.app, engine);
  expect(engine.restart).toHaveBeenCalled();
  world.fail = () => undefined;
  world.app.setState({ engine: { state: 'ready', ready: FAKE_READY } });
  await settled(annotate);
  expect(statuses(annotate)).toEqual(['drafted', 'drafted', 'drafted']);
});

it('restarts an engine that is down when drafting is resumed, or a person is to be drafted', async () => {
  const annotate = await opened('a.jpg');
  world.app.setState({ engine: { state: 'failed', failure: { code: 'worker-crashed', detail: '' } } });
  vi.mocked(engine.restart).mockClear();
  annotate.session()?.setDrafting(false);
  expect(engine.restart).not.toHaveBeenCalled();
  annotate.session()?.setDrafting(true);
  expect(engine.restart).toHaveBeenCalledTimes(1);
  state(annotate).opened?.editor.dispatch({ type: 'redraft' });
  expect(engine.restart).toHaveBeenCalledTimes(2);
});

it('pauses while the camera is on', async () => {
  world.app.setState({ streaming: true });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  await new Promise((resolve) => setTimeout(resolve)); // it is decoded: a request would need no more than this
  expect(world.asked).toHaveLength(0);
  world.app.setState({ streaming: false });
  await settled(annotate);
  expect(world.asked).toHaveLength(1);
});

it('drafts an image again if drafting was stopped and resumed before the engine answered', async () => {
  let begin = () => {};
  world.hold = new Promise((resolve) => {
    begin = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(statuses(annotate)).toEqual(['drafting']));
  annotate.session()?.setDrafting(false);
  expect(statuses(annotate)).toEqual(['queued']);
  annotate.session()?.setDrafting(true);
  begin();
  await vi.waitFor(() => expect(statuses(annotate)).toEqual(['drafted']));
});

it('drafts independently of the confidence threshold of the other screens', async () => {
  world.app.setState({ threshold: 0.9 });
  const annotate = await opened('a.jpg');
  const [person] = images(annotate)[0]?.document.subjects ?? [];
  expect(person?.labels.filter(({ visibility }) => visibility === 2)).toHaveLength(18);
});

it('drafts a single person again in one pass with all heat maps', async () => {
  const annotate = await opened('a.jpg');
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'redraft' });
  await vi.waitFor(() => expect(editor?.store.getState().results.size).toBe(1));
  expect(world.asked.at(-1)).toMatchObject({ regions: [{ refine: false }], maps: 'all', transfer: false });
});
