import { evaluate } from '../../annotate/evaluate';
import { SourceError } from '../../source/error';
import { type Brought, type Gathered, type Given, gather, readFiles, readTransfer } from '../../source/gather';
import { StoreError } from '../../store/error';
import type { Keeper } from '../../store/keeper';
import type { Engine } from '../engine';
import { report } from '../report';
import { enterScreen, sayOn } from '../screen';
import type { AppStore } from '../store';
import { asideSentence, count } from '../summary';
import { imageOf } from './images';
import { planImport } from './import';
import { labelsAmong, seemLabels } from './labels';
import { BROWSER, type Ports } from './ports';
import { createSession, type Session } from './session';
import { createShow } from './show';
import { createSessionStore, type SessionStore } from './state';

/** What the annotate screen can be told to do before and around a session. Nothing here throws: failures end up in the notice. */
export interface Annotate {
  readonly store: SessionStore;
  /** The session that is open. */
  session(): Session | undefined;
  /** The screen is shown: what was said on another is cleared; without a session, those are offered that can be gone on with. */
  enter(): Promise<void>;
  /** Takes what a drop or a paste brought, into the open session or a new one; to be called while its event is handled. */
  openTransfer(transfer: DataTransfer | null): Promise<void>;
  /** Takes what a file or folder dialogue gave. */
  openFiles(files: readonly File[]): Promise<void>;
  /** Goes on where labels have problems: what the user was told would be left out or replaced is. */
  importAnyway(): Promise<void>;
  /** Holds the session's drafts against the labels of a file, which are not taken into the session. */
  compare(files: readonly File[]): Promise<void>;
  /** Closes the list of problems, or the comparison. */
  dismiss(what: 'problems' | 'compared'): void;
  /** A session of the photographs that ship with the app. */
  openSamples(): Promise<void>;
  /** Goes on with a session that was kept. */
  resume(session: string): Promise<void>;
  /** Forgets a session that was kept. */
  discard(session: string): Promise<void>;
  /** Saves what is left, files as well, then goes back to the welcome; asks first if something cannot be saved. */
  leave(): Promise<void>;
}

/** Unique among the sessions of this browser. */
const newSessionId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

const UNSAVED =
  'Not all of this session could be saved. If you close it now, what is not saved is lost for good; you can still export it. Close it all the same?';

const nothing = async (): Promise<void> => undefined;

/** The annotate screen's actions. `samplesUrl` is the address of the samples' folder, with a closing slash. */
export function createAnnotate(app: AppStore, engine: Engine, samplesUrl: string, ports: Ports = BROWSER): Annotate {
  const store = createSessionStore();
  const show = createShow();
  let opened: Promise<Keeper> | undefined;
  let session: Session | undefined;
  let release = () => {};
  let turn: Promise<void> = Promise.resolve();
  let refused = nothing;

  /** Where there was no database a moment ago, there may be one now. */
  function keeper(): Promise<Keeper> {
    const forget = () => {
      opened = undefined;
    };
    if (!opened) {
      opened = ports.openKeeper(forget);
      opened.catch(forget);
    }
    return opened;
  }

  const say = (message: string) => sayOn(app, 'annotate', message);

  /** One after the other: what opens, fills or closes a session never meets another one half-way. action: never rejects. */
  function queued(action: () => Promise<void>): Promise<void> {
    turn = turn.then(action);
    return turn;
  }

  function attempt(action: () => Promise<void>): Promise<void> {
    return queued(async () => {
      app.setState({ notice: undefined });
      try {
        await action();
      } catch (error) {
        console.info('posecade:', error);
        app.setState({ notice: { ...report(error), again: () => attempt(action) } });
      }
    });
  }

  /** For what a welcome offers: a second click finds the session open. */
  const fromWelcome = (action: () => Promise<void>) => attempt(async () => (session ? undefined : action()));

  async function offer(): Promise<void> {
    try {
      const [sessions, claimed] = [await (await keeper()).sessions(), await ports.claimedSessions()];
      store.setState({ offered: sessions.map((kept) => ({ ...kept, elsewhere: claimed.has(kept.id) })) });
    } catch (error) {
      console.info('posecade:', error); // there is nothing to go on with; a new session tells that it is not kept
    }
  }

  async function begin(): Promise<Session> {
    const id = newSessionId();
    release = (await ports.claimSession(id)) ?? (() => {});
    void ports.askToPersist();
    session = createSession({ store, app, engine, ports, keeper, id, kept: [], keptFiles: new Set(), show });
    return session;
  }

  async function take({ images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    const labels = await labelsAmong(others);
    if (labels.length > 0) return takeLabels(labels, images, others.length - labels.length, false);
    if (images.length === 0) throw new SourceError(seemLabels(others) ? 'no-labels' : 'nothing-given');
    const into = session ?? (await begin());
    into.add(images);
    say(`${count(images.length, 'image')} added. ${asideSentence(others.length)}`.trim());
  }

  /** Takes labels, with the images that came with them, or shows what is wrong and changes nothing. */
  async function takeLabels(labels: readonly Given[], images: readonly Given[], aside: number, anyway: boolean): Promise<void> {
    app.setState({ notice: undefined });
    say('Reading the labels…');
    const into = session;
    const { images: before } = store.getState();
    const plan = await planImport(
      new AbortController().signal,
      {
        labels,
        images,
        session: before,
        file: async (id) => into?.file(id) ?? Promise.reject(new SourceError('image-missing')),
        anyway,
      },
      ports,
    );
    if (!plan.ok) {
      const without = plan.problems.some(({ kind }) => kind === 'broken');
      store.setState({ problems: plan.problems, problemsOf: images.length > 0 ? 'labels-of-images' : 'labels' });
      refused = () => (without ? take({ images, others: [] }) : takeLabels(labels, images, aside, true));
      say('The labels were not imported.');
      return;
    }
    if (plan.add.length + plan.take.length === 0) throw new SourceError('labels-without-images');
    const handMeanwhile = plan.take.some(({ id }) => {
      const image = imageOf(store.getState(), id);
      return image?.edited && image.document !== imageOf({ images: before }, id)?.document;
    });
    if (handMeanwhile) return takeLabels(labels, images, aside, false);
    const target = into ?? (await begin());
    if (plan.add.length > 0) target.add(plan.add);
    target.take(plan.take);
    const labelled = plan.take.length + plan.add.filter(({ document }) => document).length;
    say(`Labels of ${count(labelled, 'image')} imported. ${asideSentence(aside)}`.trim());
  }

  /** Reads a truth for the images of the session. */
  async function compare(files: readonly File[]): Promise<void> {
    const { others, refused: unread } = await gather(readFiles(files));
    if (unread[0]) throw unread[0];
    const labels = await labelsAmong(others);
    if (labels.length === 0) throw new SourceError('no-labels');
    app.setState({ notice: undefined });
    say('Reading the labels…');
    const { images } = store.getState();
    const read = await ports.readLabelFiles(new AbortController().signal, labels, images, 'skip');
    if (read && !read.ok) {
      store.setState({ problems: read.problems, problemsOf: 'truth' });
      say('The labels could not be compared.');
      return;
    }
    store.setState({ compared: { truth: labels[0]?.name ?? '', result: evaluate(images, read?.images ?? []) } });
    say('');
  }

  /** Looks through what was given, takes what can be opened, and tells the first thing that cannot. */
  function open(files: Promise<readonly Brought[]>): Promise<void> {
    return attempt(async () => {
      say('Looking through the files…');
      const gathered = await gather(await files);
      const [refusal] = gathered.refused;
      if (refusal && gathered.images.length + gathered.others.length === 0) throw refusal;
      await take(gathered);
      if (refusal) app.setState({ notice: { ...report(refusal), remedy: 'none' } }); // its words say what to do; the rest is here
    });
  }

  /** The session stays open, and this tab's, until all of it is kept or the user gives up what is not. */
  async function leave(): Promise<void> {
    if (!session) return;
    say('Saving the last of it…');
    await session.settle();
    if (session.atRisk && !ports.confirm(UNSAVED)) return say('The session stays open.');
    await session.close();
    session = undefined;
    release();
    release = () => {};
    app.setState({ notice: undefined });
    say('');
    await offer();
  }

  return {
    store,
    session: () => session,
    enter: async () => {
      enterScreen(app, 'annotate');
      if (!session) await offer();
    },
    openTransfer: (transfer) => open(readTransfer(transfer)),
    openFiles: (files) => open(Promise.resolve(readFiles(files))),
    importAnyway: () =>
      attempt(async () => {
        store.setState({ problems: [] });
        await refused();
      }),
    compare: (files) => attempt(() => compare(files)),
    dismiss: (what) => store.setState(what === 'problems' ? { problems: [] } : { compared: undefined }),
    openSamples: () =>
      fromWelcome(async () => {
        const { signal } = new AbortController();
        const samples = await ports.listSamples(signal, samplesUrl);
        const images = samples.map((sample) => ({
          name: sample.file,
          read: () => ports.fetchSample(signal, samplesUrl, sample),
        }));
        await take({ images, others: [] });
      }),
    resume: (id) =>
      fromWelcome(async () => {
        store.setState({ phase: 'opening' });
        try {
          const kept = await keeper();
          const claim = await ports.claimSession(id);
          if (!claim) throw new StoreError('session-elsewhere');
          release = claim;
          const [images, files] = await Promise.all([kept.images(id), kept.fileIds(id)]);
          session = createSession({ store, app, engine, ports, keeper, id, kept: images, keptFiles: files, show });
        } catch (error) {
          store.setState({ phase: 'none' });
          release();
          release = () => {};
          throw error;
        }
        const first = store.getState().images.find(({ verdict }) => verdict !== 'accepted') ?? store.getState().images[0];
        if (first) session.show(first.id);
        say(`${count(store.getState().images.length, 'image')}, as you left them.`);
      }),
    discard: (id) =>
      attempt(async () => {
        const free = await ports.claimSession(id);
        if (!free) throw new StoreError('session-elsewhere');
        try {
          await (await keeper()).discard(id);
        } finally {
          free();
        }
        await offer();
      }),
    leave: () => queued(leave),
  };
}
