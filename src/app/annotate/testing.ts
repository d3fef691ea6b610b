import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { Imported } from '../../annotate/formats/problem';
import { openSessionDatabase, type SessionDatabase } from '../../database/session-database';
import type { EstimateRequest, Frame } from '../../engine/protocol';
import { SourceError } from '../../source/error';
import type { Sample } from '../../source/samples';
import { FAKE_READY, fakeEstimate } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { createAppStore } from '../shell/store';
import { type Annotate, createAnnotate } from './annotate';
import { annotatedImage, awaitsDraft } from './image-record';
import type { Ports } from './ports';

/** What session tests can observe and change in their surroundings: a fake browser and a fake engine. */
function newWorld() {
  return {
    app: createAppStore(),
    /** Every request that the engine received. */
    asked: [] as EstimateRequest[],
    /** The error that a request fails with. */
    fail: (_: EstimateRequest): unknown => undefined,
    /** The engine answers once this has resolved. */
    hold: Promise.resolve(),
    /** Images are decoded once this has resolved. */
    decoded: Promise.resolve(),
    /** Number of bitmaps not yet closed, now and at most. */
    alive: 0,
    most: 0,
    /** Ids of the sessions open in any tab. */
    claimed: new Set<string>(),
    /** Set where tabs cannot lock sessions: the owner of the next claim. */
    owner: undefined as string | undefined,
    openDatabase: openSessionDatabase as Ports['openSessionDatabase'],
    /** What reading label files yields. */
    readsAs: undefined as Imported | undefined,
    reading: async (): Promise<Imported | undefined> => world.readsAs,
    samples: [] as readonly Sample[],
    confirm: vi.fn((_: string) => true),
  };
}

export let world = newWorld();

/** Call before each test. */
export function resetWorld(): void {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  vi.stubGlobal('indexedDB', new IDBFactory());
  world = newWorld();
  world.app.setState({ engine: { state: 'ready', ready: FAKE_READY }, screen: 'annotate' });
}

/** From now on, sessions are stored in a database in which `changes` replace some of its functions. */
export function wrapDatabase(changes: (database: SessionDatabase) => Partial<SessionDatabase>): void {
  world.openDatabase = async () => {
    const database = await openSessionDatabase();
    return { ...database, ...changes(database) };
  };
}

export const ports: Ports = {
  openSessionDatabase: (onLost) => world.openDatabase(onLost),
  claimSession: async (id) => {
    const { claimed } = world;
    if (claimed.has(id)) return undefined;
    claimed.add(id);
    return { release: () => claimed.delete(id), ...(world.owner && { owner: world.owner }) };
  },
  claimedSessions: async () => world.claimed,
  askToPersist: async () => undefined,
  decodeImage: async (signal, file): Promise<Frame> => {
    const here = world;
    signal.throwIfAborted();
    await here.decoded;
    if ((await file.text()).startsWith('bad')) throw new SourceError('not-an-image');
    here.alive += 1;
    here.most = Math.max(here.most, here.alive);
    const bitmap = { close: () => (here.alive -= 1) } as unknown as ImageBitmap;
    return { bitmap, width: 640, height: 480, time: 0 };
  },
  measureImage: async () => ({ width: 640, height: 480 }),
  readLabelFiles: () => world.reading(),
  makeThumbnail: async () => new Blob(['small']),
  listSamples: async () => world.samples,
  fetchSample: async () => new Blob(['x']),
  confirm: (question) => world.confirm(question),
};

export const engine: Engine = {
  client: async () => ({
    estimate: async (signal, request) => {
      const here = world;
      here.asked.push(request);
      await here.hold;
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      const error = here.fail(request);
      if (error) throw error;
      return fakeEstimate(request);
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

const contentOf = (name: string) => (name.endsWith('labels.json') || name.startsWith('truth') ? '{"images": []}' : name);
export const files = (...names: string[]) => names.map((name) => new File([contentOf(name)], name));
export const start = (changed: Partial<Ports> = {}): Annotate =>
  createAnnotate(world.app, engine, 'samples/', { ...ports, ...changed });
export const state = (annotate: Annotate) => annotate.store.getState();
/** The images as an export would have them. */
export const images = (annotate: Annotate) => state(annotate).images.map(annotatedImage);
export const approved = (annotate: Annotate) => new Set(state(annotate).images.flatMap((record) => [...record.approved]));
export const statuses = (annotate: Annotate) => state(annotate).images.map(({ status }) => status.kind);

/** Waits until nothing is left to be drafted or saved. */
export async function settled(annotate: Annotate): Promise<void> {
  await vi.waitFor(() => {
    if (state(annotate).images.some(awaitsDraft)) throw new Error('some images are not drafted');
    if (state(annotate).saving.state === 'saving') throw new Error('not all is saved');
  });
}

/** A session with these files, all drafted. */
export async function opened(...names: string[]): Promise<Annotate> {
  const annotate = start();
  await annotate.openFiles(files(...names));
  await settled(annotate);
  return annotate;
}
