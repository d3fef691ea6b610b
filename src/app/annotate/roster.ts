import { keysOfImage } from '../../annotate/check';
import { type NewImage, withNewImages } from './images';
import type { TakenImage } from './import';
import type { Ledger } from './ledger';
import { neighbour } from './list';
import type { Middle } from './middle';
import type { Saver } from './saver';
import type { Session } from './session';
import { isDrafted, workOf } from './state';

/** Which images a session has. */
export type Roster = Pick<Session, 'add' | 'take' | 'remove' | 'retry'>;

export interface RosterParts {
  readonly ledger: Ledger;
  readonly saver: Saver;
  readonly middle: Middle;
  /** Images that the session has without their files: these may come back. */
  readonly missing: ReadonlySet<number>;
  /** The id of the next image. */
  readonly nextId: number;
  /** Drafts what waits. */
  run(): void;
  show(id: number): void;
  say(message: string): void;
}

export function createRoster({ ledger, saver, middle, run, show, say, ...begin }: RosterParts): Roster {
  const missing = new Set(begin.missing);
  let { nextId } = begin;

  function retry(id?: number): void {
    const { images, work } = ledger.state;
    const again = new Map(work);
    for (const image of images) {
      const before = workOf(work, image.id);
      if (before.state !== 'failed' || (id !== undefined && id !== image.id)) continue;
      again.set(image.id, { state: isDrafted(before) || image.document.subjects.length > 0 ? 'done' : 'waiting' });
      saver.retryFile(image.id);
    }
    ledger.set({ work: again });
    middle.again();
    run();
  }

  function remove(id: number): void {
    const { images, work, current } = ledger.state;
    const after = neighbour(ledger.state, id, 1) ?? neighbour(ledger.state, id, -1);
    const name = ledger.find(id)?.name ?? '';
    saver.dropFile(id);
    middle.forget(id);
    const left = new Map(work);
    left.delete(id);
    ledger.set({ images: images.filter((image) => image.id !== id), work: left });
    saver.mark(id);
    if (current === id) {
      middle.clear();
      if (after !== undefined) show(after);
    }
    say(`${name} removed.`);
  }

  function add(given: readonly NewImage[]): void {
    const { images, current } = ledger.state;
    const returning = new Map(images.flatMap(({ id, name }) => (missing.has(id) || saver.isUnreadable(id) ? [[name, id]] : [])));
    const back = given.filter(({ name, document }) => !document && returning.has(name));
    const fresh = withNewImages(
      images,
      given.filter((one) => !back.includes(one)),
      nextId,
    );
    nextId += fresh.entries.length;
    const work = new Map(ledger.state.work);
    for (const { image, given } of fresh.entries) {
      work.set(image.id, { state: given.document ? 'done' : 'waiting' });
      saver.addFile(image.id, given.read);
    }
    for (const { name, read } of back) {
      const id = returning.get(name);
      if (id === undefined) continue;
      missing.delete(id);
      saver.addFile(id, read);
    }
    ledger.set({ phase: 'open', images: fresh.images, work });
    saver.mark(...fresh.entries.map(({ image }) => image.id));
    if (back.length > 0) retry();
    const first = fresh.entries[0]?.image.id;
    if (current === undefined && first !== undefined) show(first);
    run();
  }

  function take(labels: readonly TakenImage[]): void {
    const byId = new Map(labels.flatMap((one) => (ledger.find(one.id) ? [[one.id, one]] : [])));
    const work = new Map(ledger.state.work);
    const others = new Set([...byId.keys()].flatMap((id) => keysOfImage(ledger.state.right, id))); // said of other people
    for (const id of byId.keys()) if (ledger.isUndrafted(id)) work.set(id, { state: 'done' });
    ledger.set({
      images: ledger.state.images.map((image) => ({ ...image, ...byId.get(image.id) })),
      work,
      right: new Set([...ledger.state.right].filter((key) => !others.has(key))),
    });
    saver.mark(...byId.keys());
    for (const [id, { document }] of byId) middle.take(id, document);
  }

  return { add, take, remove, retry };
}
