import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Finding, findingKey } from '../../annotate/check';
import { EMPTY_DOCUMENT } from '../../annotate/document';
import { openSessionDatabase } from '../../database/session-database';
import { viewPoint } from '../../pose/space';
import type { Annotate } from './annotate';
import type { Ports } from './ports';
import { createSession } from './session';
import { createShow } from './show';
import { showFinding } from './show-finding';
import { createSessionStore } from './state';
import { approved, engine, files, images, opened, ports, resetWorld, settled, start, state, world } from './testing';

beforeEach(resetWorld);

it('does not open a session that is open in another tab', async () => {
  const annotate = await opened('a.jpg');
  await annotate.session()?.flush();
  const second = start();
  await second.enter();
  expect(state(second).offered).toMatchObject([{ elsewhere: true }]);
  await second.resume(state(second).offered[0]?.id ?? '');
  expect(world.app.getState().notice?.code).toBe('session-elsewhere');
  expect(state(second).phase).toBe('none');
});

it('resumes a session with more images than a call can take arguments', async () => {
  const image = { id: 7, name: 'a.jpg', size: undefined, document: EMPTY_DOCUMENT, verdict: 'open', edited: false } as const;
  const one = { image: { ...image, foreign: undefined }, drafted: true, approved: [] };
  const store = createSessionStore();
  const session = createSession({
    ...{ store, app: world.app, engine, ports, database: () => openSessionDatabase(), show: createShow() },
    ...{ id: 'large', owner: undefined, stored: Array.from({ length: 500_000 }, () => one), storedFiles: new Set([7]) },
  });
  session.add([{ name: 'new.jpg', read: async () => new Blob() }]);
  expect(store.getState().images.at(-1)?.id).toBe(8);
  await session.close();
});

it('gives no new image the id of a removed one whose file was left behind', async () => {
  const store = createSessionStore();
  const session = createSession({
    ...{ store, app: world.app, engine, ports, database: () => openSessionDatabase(), show: createShow() },
    ...{ id: 'left', owner: undefined, stored: [], storedFiles: new Set([9]) },
  });
  session.add([{ name: 'new.jpg', read: async () => new Blob() }]);
  expect(store.getState().images.map(({ id }) => id)).toEqual([10]);
  await session.close();
});

it('deletes a saved session permanently', async () => {
  const annotate = await opened('a.jpg');
  await annotate.leave();
  await annotate.discard(state(annotate).offered[0]?.id ?? '');
  expect(state(annotate).offered).toEqual([]);
});

it('says that a session is gone which was deleted after it was offered, and offers it no longer', async () => {
  const annotate = await opened('a.jpg');
  await annotate.leave();
  const [{ id } = { id: '' }] = state(annotate).offered;
  await (await openSessionDatabase()).delete(id); // as another tab does
  await annotate.resume(id);
  expect(world.app.getState().notice?.code).toBe('session-gone');
  expect(state(annotate)).toMatchObject({ phase: 'none', offered: [] });
  expect(world.claimed.size).toBe(0);
});

it('does not delete a session that is open in another tab', async () => {
  const annotate = await opened('a.jpg');
  const second = start();
  await second.enter();
  const id = state(second).offered[0]?.id ?? '';
  await second.discard(id);
  expect(world.app.getState().notice?.code).toBe('session-elsewhere');
  expect(await (await openSessionDatabase()).sessions()).toHaveLength(1);
  await annotate.leave();
  await second.discard(id);
  expect(await (await openSessionDatabase()).sessions()).toHaveLength(0);
  expect(world.claimed.size).toBe(0);
});

it('opens only one session, however often it is clicked', async () => {
  const texts = { name: '', title: '', author: '', licence: '', licenceUrl: '', source: '', alt: '', changes: '' };
  world.samples = [{ file: 'yoga.jpg', ...texts, width: 4, height: 3 }];
  const annotate = start();
  await Promise.all([annotate.openSamples(), annotate.openSamples()]);
  expect(images(annotate)).toHaveLength(1);
  expect(world.claimed.size).toBe(1);
  await annotate.leave();
  const id = state(annotate).offered[0]?.id ?? '';
  await Promise.all([annotate.resume(id), annotate.resume(id)]);
  expect(world.app.getState().notice).toBeUndefined();
  expect(images(annotate)).toHaveLength(1);
  await settled(annotate); // otherwise its draft is requested during the next test
});

it('does not let a closed session affect the next one', async () => {
  let go = () => {};
  world.decoded = new Promise((resolve) => {
    go = resolve;
  });
  const close = vi.fn();
  const decodeImage: Ports['decodeImage'] = async (...args) => ({
    ...(await ports.decodeImage(...args)),
    bitmap: { close } as unknown as ImageBitmap,
  });
  const annotate = start({ decodeImage });
  await annotate.openFiles(files('a.jpg'));
  annotate.session()?.setDrafting(false);
  await annotate.leave();
  world.decoded = new Promise(() => {});
  await annotate.openFiles(files('b.jpg'));
  go();
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce()); // the first session's image has arrived, and is not needed
  expect(state(annotate)).toMatchObject({ images: [{ id: 1, name: 'b.jpg', size: undefined }], opened: undefined });
});

it('clears the message of another screen, and shows none while another screen is shown', async () => {
  world.app.setState({ message: 'The camera is off.' });
  const annotate = start();
  await annotate.enter();
  expect(world.app.getState()).toMatchObject({ screen: 'annotate', message: '' });
  await annotate.openFiles(files('a.jpg'));
  await settled(annotate);
  expect(world.app.getState().message).toBe('All images are drafted.');
  world.app.setState({ screen: 'photo', message: '' });
  await annotate.openFiles(files('b.jpg'));
  await settled(annotate);
  expect(world.app.getState().message).toBe('');
});

it('gives files with the same name unique names', async () => {
  const annotate = await opened('a.jpg', 'a.jpg', 'a.jpg');
  expect(images(annotate).map(({ name }) => name)).toEqual(['a.jpg', 'a (2).jpg', 'a (3).jpg']);
});

it('accepts an image and shows the next in the list, and says when it was the last', async () => {
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  const session = annotate.session();
  const show = async (id: number) => {
    session?.show(id);
    await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(id));
  };
  session?.list({ filter: 'unfinished' });
  session?.acceptAndNext();
  expect(state(annotate)).toMatchObject({ current: 2 });
  await show(3);
  session?.acceptAndNext();
  await show(2);
  session?.acceptAndNext();
  expect(state(annotate).current).toBe(2);
  expect(images(annotate).every(({ verdict }) => verdict === 'accepted')).toBe(true);
  expect(world.app.getState().message).toContain('Accepted. This was the last image in the list.');
});

it('accepts an image only once it is on screen', async () => {
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');
  let decode = (): void => undefined;
  world.decoded = new Promise((resolve) => {
    decode = resolve;
  });
  const session = annotate.session();
  session?.show(4);
  session?.acceptAndNext();
  expect(world.app.getState().message).toBe('The image is still opening.');
  expect(images(annotate)[3]).toMatchObject({ verdict: 'open' });
  decode();
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(4));
  session?.acceptAndNext();
  expect(images(annotate)[3]).toMatchObject({ verdict: 'accepted' });
});

it('flags an image and removes the flag, and says so', async () => {
  const annotate = await opened('a.jpg');
  annotate.session()?.flag(1, true);
  expect([images(annotate)[0]?.verdict, world.app.getState().message]).toEqual(['flagged', 'Flagged.']);
  annotate.session()?.flag(1, false);
  expect([images(annotate)[0]?.verdict, world.app.getState().message]).toEqual(['open', 'Flag removed.']);
});

it('copies people from the previous image in the order given, even if the list hides it', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  session?.list({ filter: 'unfinished', sort: 'worst' });
  session?.acceptAndNext();
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(2));
  const before = images(annotate)[1]?.document.subjects.length ?? 0;
  state(annotate).opened?.editor.dispatch({ type: 'copy' });
  const copied = images(annotate)[1]?.document.subjects.slice(before);
  expect(copied?.map(({ labels }) => labels)).toEqual(images(annotate)[0]?.document.subjects.map(({ labels }) => labels));
});

it('removes an image permanently, and shows the next', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  annotate.session()?.remove(1);
  expect(state(annotate)).toMatchObject({ current: 2, images: [{ name: 'b.jpg' }] });
  await annotate.leave();
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  expect(images(annotate).map(({ name }) => name)).toEqual(['b.jpg']);
});

it('keeps edits made in the editor, and can undo them on the next visit', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  const editor = () => state(annotate).opened?.editor;
  const drafted = images(annotate)[0]?.document;
  editor()?.dispatch({ type: 'swapAll' });
  const swapped = images(annotate)[0];
  expect(swapped?.edited).toBe(true);
  expect(swapped?.document).not.toEqual(drafted);
  session?.show(2);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(2));
  session?.show(1);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  editor()?.dispatch({ type: 'undo' });
  expect(images(annotate)[0]?.document).toEqual(drafted);
});

/** Draws a person in the image on screen. The returned function lets the network answer. */
function draw(annotate: Annotate): () => void {
  let go = () => {};
  world.hold = new Promise((resolve) => {
    go = resolve;
  });
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'resize', canvas: { width: 640, height: 480 } });
  editor?.dispatch({ type: 'add' });
  editor?.dispatch({ type: 'down', pointer: 1, at: viewPoint(100, 100), touch: false, pans: false });
  editor?.dispatch({ type: 'move', pointer: 1, at: viewPoint(200, 300) });
  editor?.dispatch({ type: 'up', pointer: 1, at: viewPoint(200, 300) });
  return () => go();
}

it('drafts a person drawn in an image that has been left', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const before = images(annotate)[0]?.document.subjects.length ?? 0;
  const go = draw(annotate);
  annotate.session()?.show(2);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(2));
  go();
  await vi.waitFor(() => expect(images(annotate)[0]?.document.subjects.at(-1)?.prediction).toHaveLength(19));
  expect(images(annotate)[0]).toMatchObject({ verdict: 'open', edited: true });
  expect(images(annotate)[0]?.document.subjects).toHaveLength(before + 1);
  annotate.session()?.show(1);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  state(annotate).opened?.editor.dispatch({ type: 'undo' });
  expect(images(annotate)[0]?.document.subjects).toHaveLength(before);
});

it('accepts an image only once the joints of everybody in it are there, and not if somebody is added to it', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const go = draw(annotate);
  annotate.session()?.acceptAndNext();
  expect(world.app.getState().message).toContain('are still being found');
  expect(images(annotate)[0]).toMatchObject({ verdict: 'open' });
  go();
  await vi.waitFor(() => expect(images(annotate)[0]?.document.subjects.at(-1)?.prediction).toHaveLength(19));
  annotate.session()?.acceptAndNext();
  expect(images(annotate)[0]).toMatchObject({ verdict: 'accepted' });
  annotate.session()?.show(1);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  draw(annotate);
  expect(images(annotate)[0]).toMatchObject({ verdict: 'open' });
  await annotate.leave(); // cancels the search for the joints
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  expect(images(annotate)[0]).toMatchObject({ verdict: 'open' });
});

it('selects the person and joint that a finding is about, even if their image has to be opened first', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const chosen = () => state(annotate).opened?.editor.store.getState().selection;
  for (const image of [2, 1, 1]) {
    showFinding(annotate, { image, subject: 1, joints: [4 + image], kind: 'limb', what: '', severity: 1 });
    await vi.waitFor(() => expect([state(annotate).opened?.id, chosen()]).toEqual([image, { subject: 1, joint: 4 + image }]));
  }
});

it('keeps approved findings when a session is resumed, and drops those of replaced labels', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const finding: Finding = { image: 1, subject: 1, joints: [4], kind: 'limb', what: '', severity: 1 };
  annotate.session()?.approve(finding);
  annotate.session()?.approve({ ...finding, image: 2, what: 'Another sentence.' });
  expect(approved(annotate)).toEqual(new Set([finding, { ...finding, image: 2 }].map(findingKey)));
  await annotate.leave();
  expect(approved(annotate).size).toBe(0);
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  expect(approved(annotate)).toEqual(new Set([finding, { ...finding, image: 2 }].map(findingKey)));
  const { document } = images(annotate)[1] ?? { document: EMPTY_DOCUMENT };
  annotate.session()?.importLabels([{ id: 2, document, verdict: 'open', edited: false, foreign: undefined }], []);
  expect(approved(annotate)).toEqual(new Set([findingKey(finding)])); // person 1 of image 2 is somebody else now
});
