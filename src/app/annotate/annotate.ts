import type { JointTable } from '../../annotate/formats/joint-table';
import { createSerialQueue } from '../../async/serial-queue';
import type { Claim } from '../../database/claim';
import { DatabaseError } from '../../database/error';
import type { SessionDatabase } from '../../database/session-database';
import { readDropped, readFiles } from '../../source/gather';
import type { Dropped } from '../../source/transfer';
import type { Engine } from '../shell/engine';
import { count } from '../shell/format';
import { report } from '../shell/report';
import { clearNotice, enterScreen, noticeOn, sayOn } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { verdictOf } from './image-record';
import type { Decision } from './import';
import { createIntake } from './intake';
import { BROWSER, type Ports } from './ports';
import { createSession, type Session } from './session';
import { createShow } from './show';
import { createSessionStore, type Purpose, type SessionStore } from './state';

/** The annotate screen's actions before and around a session. Nothing here throws: failures are shown in the notice. */
export interface Annotate {
  readonly store: SessionStore;
  /** The open session, if any. */
  session(): Session | undefined;
  /** Shows the screen: clears messages of other screens and, without an open session, offers saved ones. */
  enter(): Promise<void>;
  /** Adds what was dropped or pasted to the open session or a new one. */
  openDropped(dropped: Dropped): Promise<void>;
  /** Adds what was chosen in a file or folder dialog. */
  openFiles(files: readonly File[]): Promise<void>;
  /** Imports labels despite their problems: those that are valid, for reviewed images as decided. */
  importAnyway(decision: Decision): Promise<void>;
  /** Imports labels that name images in other folders, matching by file name alone. */
  importByName(): Promise<void>;
  /** Answers which joints the labels to be imported have. */
  answerJoints(table: JointTable): Promise<void>;
  /** Compares the session's drafts with the labels of a file, which are not imported. */
  compare(files: readonly File[]): Promise<void>;
  /** Cancels the reading of files. */
  cancelReading(): void;
  /** Closes the list of problems, the question about joints, or the comparison. */
  dismiss(what: 'problems' | 'question' | 'compared'): void;
  /** Opens a session of the photos that ship with the app. */
  openSamples(): Promise<void>;
  /** Opens a saved session. */
  resume(session: string): Promise<void>;
  /** Deletes a saved session. */
  discard(session: string): Promise<void>;
  /** Saves what is left, including files, then returns to the welcome screen; asks first if something cannot be saved. */
  leave(): Promise<void>;
}

/** Unique among the sessions of this browser. */
const newSessionId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

const UNSAVED =
  'Part of this session could not be saved and will be lost if you close it now. You can still export it. Close anyway?';

const UNANSWERED: Readonly<Record<Purpose, string>> = {
  import: 'Nothing was imported. Drop the files again to answer.',
  compare: 'Nothing was compared. Choose the labels again to answer.',
};

/** Creates the annotate screen's actions. `samplesUrl` is the address of the samples folder, with a trailing slash. */
export function createAnnotate(app: AppStore, engine: Engine, samplesUrl: string, ports: Ports = BROWSER): Annotate {
  const store = createSessionStore();
  const show = createShow();
  let opened: Promise<SessionDatabase> | undefined;
  let session: Session | undefined;
  let claim: Claim | undefined; // for the open session
  const queue = createSerialQueue(); // opening, filling and closing a session never overlap

  /** Tries again after a failure: a database may have become available since. */
  function database(): Promise<SessionDatabase> {
    const forget = () => {
      opened = undefined;
    };
    if (!opened) {
      opened = ports.openSessionDatabase(() => {
        forget();
        void session?.recover();
      });
      opened.catch(forget);
    }
    return opened;
  }

  const say = (message: string) => sayOn(app, 'annotate', message);

  function attempt(action: () => Promise<void>): Promise<void> {
    return queue.run(async () => {
      clearNotice(app, 'annotate');
      try {
        await action();
      } catch (error) {
        console.info('posecade:', error);
        say(''); // what it was doing
        void noticeOn(app, 'annotate', { ...report(error), again: () => attempt(action) });
      }
    });
  }

  function release(): void {
    claim?.release();
    claim = undefined;
  }

  /** For actions of the welcome screen: a second click does nothing, because the first has opened a session. */
  const fromWelcome = (action: () => Promise<void>) => attempt(async () => (session ? undefined : action()));

  async function offer(): Promise<void> {
    try {
      const [sessions, claimed] = [await (await database()).sessions(), await ports.claimedSessions()];
      store.setState({ keeps: true, offered: sessions.map((stored) => ({ ...stored, elsewhere: claimed.has(stored.id) })) });
    } catch (error) {
      console.info('posecade:', error);
      store.setState({ keeps: false });
    }
  }

  async function begin(): Promise<Session> {
    const id = newSessionId();
    claim = await ports.claimSession(id);
    void ports.askToPersist();
    const owner = claim?.owner;
    session = createSession({ store, app, engine, ports, database, id, owner, stored: [], storedFiles: new Set(), show });
    return session;
  }

  const intake = createIntake({ store, app, ports, session: () => session, begin, say });

  /** The session stays open in this tab until everything is saved, or the user agrees to lose what is not. */
  async function leave(): Promise<void> {
    if (!session) return;
    say('Saving…');
    await session.settle();
    if (session.atRisk && !ports.confirm(UNSAVED)) return say('The session is still open.');
    await session.close();
    session = undefined;
    release();
    clearNotice(app, 'annotate');
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
    openDropped: (dropped) => attempt(() => intake.open(readDropped(dropped))),
    openFiles: (files) => attempt(() => intake.open(Promise.resolve(readFiles(files)))),
    importAnyway: (decision) => attempt(() => intake.takeAnyway({ decision })),
    importByName: () => attempt(() => intake.takeAnyway({ byName: true })),
    answerJoints: async (table) => {
      const { question } = store.getState();
      if (question) await attempt(() => intake.answer(question, table));
    },
    compare: (files) => attempt(() => intake.compare(files)),
    cancelReading: intake.cancel,
    dismiss: (what) => {
      const { question } = store.getState();
      store.setState(what === 'problems' ? { problems: [] } : { [what]: undefined });
      if (what === 'question' && question) say(UNANSWERED[question.purpose]);
    },
    openSamples: () =>
      fromWelcome(async () => {
        const { signal } = new AbortController();
        const samples = await ports.listSamples(signal, samplesUrl);
        const images = samples.map((sample) => ({
          name: sample.file,
          read: () => ports.fetchSample(signal, samplesUrl, sample),
        }));
        await intake.take({ images, others: [] });
      }),
    resume: (id) =>
      fromWelcome(async () => {
        store.setState({ phase: 'opening' });
        try {
          const saved = await database();
          claim = await ports.claimSession(id);
          if (!claim) throw new DatabaseError('session-elsewhere');
          const { owner } = claim;
          if (owner !== undefined) await saved.take(id, owner); // before reading it, so that nothing another tab writes is missed
          const [images, files] = await Promise.all([saved.images(id), saved.fileIds(id)]);
          if (images.length === 0) throw new DatabaseError('session-gone');
          session = createSession({ store, app, engine, ports, database, id, owner, stored: images, storedFiles: files, show });
        } catch (error) {
          store.setState({ phase: 'none' });
          release();
          await offer(); // the offered sessions may be out of date
          throw error;
        }
        const first = store.getState().images.find((record) => verdictOf(record) !== 'accepted') ?? store.getState().images[0];
        if (first) session.show(first.id);
        say(`Session resumed: ${count(store.getState().images.length, 'image')}.`);
      }),
    discard: (id) =>
      attempt(async () => {
        const free = await ports.claimSession(id);
        if (!free) throw new DatabaseError('session-elsewhere');
        try {
          await (await database()).delete(id);
        } finally {
          free.release();
        }
        await offer();
      }),
    leave: () => {
      intake.cancel(); // otherwise files still being read would be added first
      return queue.run(leave);
    },
  };
}
