import { isReviewed } from '../../annotate/document';
import { evaluate } from '../../annotate/evaluate';
import type { JointQuestion, JointTable } from '../../annotate/formats/joint-table';
import { SourceError } from '../../source/error';
import { type Brought, type Gathered, type Given, gather, readFiles } from '../../source/gather';
import { asideSentence, count } from '../shell/format';
import { report } from '../shell/report';
import type { AppStore } from '../shell/store';
import { annotatedImage, documentOf, hasDraft, verdictOf } from './image-record';
import { planImport } from './import';
import { recallJoints, rememberJoints } from './joint-memory';
import { labelsAmong } from './labels';
import { foreignLabels, nothingToTake } from './nothing-to-take';
import type { Ports } from './ports';
import type { Session } from './session';
import { imageOf, type SessionStore } from './state';
import { importSentence } from './words';

/** What the user has decided about labels with problems. */
export interface IntakeOptions {
  /** Take what is sound, and replace what somebody edited or judged. */
  readonly anyway: boolean;
  /** Images are to be found by their names alone, whatever folders they are in. */
  readonly byName: boolean;
}

const NO_OPTIONS: IntakeOptions = { anyway: false, byName: false };

/** Files that may hold labels, with the images that came with them and all other files. */
interface WithLabels extends Pick<Gathered, 'images' | 'others'> {
  readonly labels: readonly Given[];
}

/** What is given to the screen: images, labels, or both. Everything here rejects with a SourceError, or a DatabaseError. */
export interface Intake {
  /** Takes images, and the labels among the other files, into the open session or a new one. */
  take(gathered: Pick<Gathered, 'images' | 'others'>): Promise<void>;
  /** Opens what was given, takes what can be opened, and reports the first thing that cannot. */
  open(files: Promise<readonly Brought[]>): Promise<void>;
  /** Continues where problems are shown: takes what is sound all the same, or finds images by their file names alone. */
  takeAnyway(how: Partial<IntakeOptions>): Promise<void>;
  /** Continues where the user was asked for the joints of a file. */
  answer(table: JointTable): Promise<void>;
  /** Reads trusted labels for the images of the session, and compares the drafts with them. */
  compare(files: readonly File[]): Promise<void>;
  /** Gives up what is being read. Nothing comes of it. */
  cancel(): void;
}

export interface IntakeParts {
  readonly store: SessionStore;
  readonly app: AppStore;
  readonly ports: Ports;
  /** The session that is open. */
  readonly session: () => Session | undefined;
  /** Begins a session. */
  readonly begin: () => Promise<Session>;
  say(message: string): void;
}

export function createIntake({ store, app, ports, session, begin, say }: IntakeParts): Intake {
  /** Goes on where the user was asked something. */
  let resume = async (_signal: AbortSignal, _more: Partial<IntakeOptions>): Promise<void> => undefined;
  let controller = new AbortController(); // of what is read now: one thing at a time

  /** Runs an action that cancel() can abort until it ends; its progress is shown. */
  async function reading(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    try {
      await action(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      say('Cancelled. Nothing was added or changed.');
    } finally {
      store.setState({ reading: undefined });
    }
  }

  const show = (total: number, done?: number) => store.setState({ reading: { done, total } });
  const showLabels = (total: number, done: number) => store.setState({ reading: { done, total, labels: true } });

  async function take(signal: AbortSignal, { images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    const labels = await labelsAmong(signal, others);
    if (labels.length > 0) return takeLabels(signal, { labels, images, others }, NO_OPTIONS);
    return takeImages(signal, { images, others });
  }

  /** Takes labels, with the images that came with them, or shows what is wrong and changes nothing. */
  async function takeLabels(signal: AbortSignal, brought: WithLabels, options: IntakeOptions): Promise<void> {
    const { labels, images, others } = brought;
    app.setState({ notice: undefined });
    say('Reading the labels…');
    const into = session();
    const { images: before } = store.getState();
    show(images.length);
    const plan = await planImport(
      signal,
      {
        labels,
        images,
        session: before.map(annotatedImage),
        file: async (id) => into?.file(id) ?? Promise.reject(new SourceError('image-missing')),
        options: { joints: recallJoints(), byName: options.byName },
        onMeasured: (done) => show(images.length, done),
        onRead: (done) => showLabels(labels.length, done),
        anyway: options.anyway,
      },
      ports,
    );
    if (plan.kind === 'no-labels') return takeImages(signal, brought);
    resume = (again, more) => takeLabels(again, brought, { ...options, ...more });
    if (plan.kind === 'question') return ask(plan.question);
    if (plan.kind === 'problems') {
      const { problems, sound, total } = plan;
      store.setState({ problems, sound, total, problemsOf: images.length > 0 ? 'labels-of-images' : 'labels' });
      say('No labels were imported.');
      return;
    }
    if (plan.add.length + plan.take.length === 0) throw new SourceError('labels-without-images');
    const reviewedMeanwhile = plan.take.some(({ id }) => {
      const [record, earlier] = [imageOf(store.getState(), id), imageOf({ images: before }, id)];
      if (!record || !isReviewed(annotatedImage(record))) return false;
      return !earlier || documentOf(record) !== documentOf(earlier) || verdictOf(record) !== verdictOf(earlier);
    });
    if (reviewedMeanwhile) return takeLabels(signal, brought, { ...options, anyway: false });
    signal.throwIfAborted();
    const target = into ?? (await begin());
    if (plan.add.length > 0) target.add(plan.add);
    target.importLabels(plan.take);
    const labelled = plan.take.length + plan.add.filter(({ document }) => document).length;
    const unread = others.filter((other) => !labels.includes(other)).map(({ name }) => name);
    say(importSentence(labelled, plan.notes, [...plan.passedOver, ...unread]));
  }

  /** Takes images without labels; the other files are left aside. */
  async function takeImages(signal: AbortSignal, { images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    if (images.length === 0) throw new SourceError(await nothingToTake(others));
    signal.throwIfAborted();
    const into = session() ?? (await begin());
    into.add(images);
    say(`${count(images.length, 'image')} added. ${asideSentence(others.length)}`.trim());
    const foreign = foreignLabels(others);
    if (foreign) app.setState({ notice: report(new SourceError('no-labels', foreign)) }); // for lack of its labels, not of the file
  }

  function ask(question: JointQuestion): void {
    store.setState({ question });
    say('No labels were imported yet. First say which joints they have.');
  }

  /** Reads trusted labels for the images of the session, and compares the drafts with them. */
  async function compare(signal: AbortSignal, files: readonly File[]): Promise<void> {
    const { others, refused: unread } = await gather(signal, readFiles(files));
    if (unread[0]) throw unread[0];
    const labels = await labelsAmong(signal, others);
    if (labels.length === 0) throw new SourceError('no-labels');
    return compareWith(signal, labels, NO_OPTIONS);
  }

  async function compareWith(signal: AbortSignal, labels: readonly Given[], options: IntakeOptions): Promise<void> {
    app.setState({ notice: undefined });
    say('Reading the labels…');
    const images = store.getState().images.map(annotatedImage);
    show(0);
    const how = { joints: recallJoints(), byName: options.byName };
    const onRead = (done: number) => showLabels(labels.length, done);
    const read = await ports.readLabelFiles(signal, labels, images, how, onRead);
    if (!read) throw new SourceError('no-labels');
    resume = (again, more) => compareWith(again, labels, { ...options, ...more });
    if (read.question) return ask(read.question);
    const problems = read.problems.filter(({ kind }) => kind !== 'missing-image'); // a truth may be of many more images
    if (problems.length > 0 && !options.anyway) {
      store.setState({ problems, sound: read.images.length, total: read.total, problemsOf: 'truth' });
      say('The labels could not be compared.');
      return;
    }
    const drafted = store.getState().images.filter(hasDraft).map(annotatedImage);
    const ids = new Set(drafted.map(({ id }) => id));
    const undrafted = read.images.filter(({ id }) => !ids.has(id)).length;
    store.setState({ compared: { truth: labels[0]?.name ?? '', result: evaluate(drafted, read.images), undrafted } });
    say('');
  }

  async function open(signal: AbortSignal, files: Promise<readonly Brought[]>): Promise<void> {
    say('Reading the files…');
    show(0);
    const given = await Promise.race([
      files,
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
    const gathered = await gather(signal, given);
    const [refusal] = gathered.refused;
    if (refusal && gathered.images.length + gathered.others.length === 0) throw refusal;
    await take(signal, gathered);
    if (refusal) app.setState({ notice: { ...report(refusal), remedy: 'none' } }); // its sentence says what to do; the rest is taken
  }

  return {
    take: (gathered) => reading((signal) => take(signal, gathered)),
    open: (files) => reading((signal) => open(signal, files)),
    compare: (files) => reading((signal) => compare(signal, files)),
    takeAnyway: async (how) => {
      store.setState({ problems: [] });
      await reading((signal) => resume(signal, how));
    },
    answer: async (table) => {
      const { question } = store.getState();
      store.setState({ question: undefined });
      if (question) rememberJoints({ ...recallJoints(), [question.key]: table });
      await reading((signal) => resume(signal, {}));
    },
    cancel: () => controller.abort(new DOMException('cancelled by the user', 'AbortError')),
  };
}
