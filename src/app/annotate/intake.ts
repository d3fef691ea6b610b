import { isReviewed } from '../../annotate/document';
import { evaluate } from '../../annotate/evaluate';
import { isTable, type JointAnswers, type JointQuestion, type JointTable } from '../../annotate/formats/joint-table';
import { SourceError } from '../../source/error';
import { type Brought, type Gathered, type Given, gather, readFiles } from '../../source/gather';
import { report } from '../shell/report';
import { clearNotice, noticeOn } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { compareImages as compareWithSession } from './compare-images';
import { annotatedImage, documentOf, draftedIn, verdictOf } from './image-record';
import { type Decision, knownImages, planImport, type Sizes } from './import';
import { recallJoints, rememberJoints } from './joint-memory';
import { labelsAmong } from './labels';
import { foreignLabels, nothingToTake } from './nothing-to-take';
import type { Ports } from './ports';
import type { Session } from './session';
import { imageOf, type Purpose, type SessionStore } from './state';
import { addedSentence, importSentence } from './words';

/** What the user has decided about labels with problems. */
interface IntakeOptions {
  /** Whether to import the valid labels, and what becomes of labels that were edited or reviewed. */
  readonly decision: Decision;
  /** Match images by file name alone, whatever folders they are in. */
  readonly byName: boolean;
  /** Which joints the files have, as far as the user was asked. */
  readonly joints: JointAnswers;
}

const NO_OPTIONS: IntakeOptions = { decision: 'undecided', byName: false, joints: {} };

const withMore = (options: IntakeOptions, more: Partial<IntakeOptions>): IntakeOptions => ({
  ...options,
  ...more,
  joints: { ...options.joints, ...more.joints },
});

/** Files that may hold labels, with the images that came with them and all other files. */
interface WithLabels extends Pick<Gathered, 'images' | 'others'> {
  readonly labels: readonly Given[];
}

/** Takes in what is given to the screen: images, labels, or both. All promises reject with a SourceError or a DatabaseError. */
export interface Intake {
  /** Adds images, and the labels among the other files, to the open session or a new one. */
  take(gathered: Pick<Gathered, 'images' | 'others'>): Promise<void>;
  /** Opens the given files, takes those that can be opened, and reports the first that cannot. */
  open(files: Promise<readonly Brought[]>): Promise<void>;
  /** Continues after problems were shown: imports the valid labels anyway, or matches images by file name alone. */
  takeAnyway(how: Partial<IntakeOptions>): Promise<void>;
  /** Continues after the user was asked for the joints of a file. */
  answer(question: JointQuestion, table: JointTable): Promise<void>;
  /** Reads trusted labels for the images of the session, and compares the drafts with them. */
  compare(files: readonly File[]): Promise<void>;
  /** Cancels what is being read; nothing is added or changed. */
  cancel(): void;
}

export interface IntakeParts {
  readonly store: SessionStore;
  readonly app: AppStore;
  readonly ports: Ports;
  /** The open session, if any. */
  readonly session: () => Session | undefined;
  /** Starts a new session. */
  readonly begin: () => Promise<Session>;
  say(message: string): void;
}

export function createIntake({ store, app, ports, session, begin, say }: IntakeParts): Intake {
  /** Continues from where the user was asked something. */
  let resume = async (_signal: AbortSignal, _more: Partial<IntakeOptions>): Promise<void> => undefined;
  let controller = new AbortController(); // for what is being read now: one intake at a time

  /** Runs an action that cancel() can abort; the progress it shows is cleared when it ends. */
  async function reading(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    store.setState({ problems: [], question: undefined }); // those of earlier files, which these replace
    try {
      await action(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      say('Cancelled. Nothing was added or changed.');
    } finally {
      store.setState({ reading: undefined });
    }
  }

  /** The file of an image of the session. */
  const fileOf = async (id: number) => session()?.file(id) ?? Promise.reject(new SourceError('image-missing'));

  const show = (total: number, done?: number) => store.setState({ reading: { done, total } });
  const showLabels = (total: number, done: number) => store.setState({ reading: { done, total, labels: true } });

  async function take(signal: AbortSignal, { images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    const labels = await labelsAmong(signal, others);
    if (labels.length > 0) return takeLabels(signal, { labels, images, others }, NO_OPTIONS);
    return takeImages(signal, { images, others });
  }

  /** Imports labels, with the images that came with them, or shows the problems and changes nothing. */
  async function takeLabels(
    signal: AbortSignal,
    brought: WithLabels,
    options: IntakeOptions,
    sizes: Sizes = new Map(),
  ): Promise<void> {
    const { labels, images, others } = brought;
    clearNotice(app, 'annotate');
    say('Reading the labels…');
    const into = session();
    const { images: before } = store.getState();
    const { decision, byName, joints } = options;
    show(images.length);
    const { fresh, again, returned } = await compareImages(signal, images);
    const plan = await planImport(
      signal,
      {
        labels,
        images: fresh,
        session: before.map(annotatedImage),
        again: new Set([...again, ...returned.keys()]),
        file: async (id) => returned.get(id)?.read() ?? fileOf(id),
        sizes,
        options: { joints, byName },
        onMeasured: (done) => show(fresh.length, done),
        onRead: (done) => showLabels(labels.length, done),
        decision,
      },
      ports,
    );
    if (plan.kind === 'no-labels') return takeImages(signal, brought);
    resume = (anew, more) => takeLabels(anew, brought, withMore(options, more), sizes);
    if (plan.kind === 'question') return ask(plan.question, 'import');
    if (plan.kind === 'problems') {
      const { problems, valid, total } = plan;
      store.setState({ problems, valid, total, problemsOf: fresh.length + returned.size > 0 ? 'labels-of-images' : 'labels' });
      say('No labels were imported.');
      return;
    }
    const { add, take, flag, kept } = plan;
    if (add.length + take.length + flag.length + kept + again.size + returned.size === 0)
      throw new SourceError('labels-without-images');
    const reviewedMeanwhile = take.some(({ id }) => {
      const [record, earlier] = [imageOf(store.getState(), id), imageOf({ images: before }, id)];
      if (!record || !isReviewed(annotatedImage(record))) return false;
      return !earlier || documentOf(record) !== documentOf(earlier) || verdictOf(record) !== verdictOf(earlier);
    });
    if (reviewedMeanwhile) return takeLabels(signal, brought, { ...options, decision: 'undecided' }, sizes);
    signal.throwIfAborted();
    const target = into ?? (await begin());
    const renamed = add.length > 0 ? target.add(add) : 0;
    target.importLabels(take, flag);
    target.returnFiles(returned); // after the labels, whose size the files must have
    const labelled = take.length + add.filter(({ document }) => document).length;
    const unread = others.filter((other) => !labels.includes(other)).map(({ name }) => name);
    const counts = { labelled, added: add.length, kept, there: again.size, returned: returned.size, renamed };
    say(importSentence(counts, plan.notes, [...plan.passedOver, ...unread]));
  }

  /** Adds images without labels; the other files are ignored. */
  async function takeImages(signal: AbortSignal, { images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    if (images.length === 0) throw new SourceError(await nothingToTake(others));
    signal.throwIfAborted();
    const open = session();
    const { fresh, again, returned } = await compareImages(signal, images);
    const renamed = fresh.length > 0 ? (open ?? (await begin())).add(fresh) : 0;
    open?.returnFiles(returned);
    say(addedSentence({ added: fresh.length, there: again.size, returned: returned.size, renamed }, others.length));
    const foreign = foreignLabels(others);
    if (foreign) void noticeOn(app, 'annotate', report(new SourceError('no-labels', foreign))); // for its missing labels, not for the ignored file
  }

  const compareImages = (signal: AbortSignal, images: readonly Given[]) =>
    compareWithSession(signal, images, store.getState().images, fileOf, (done) => show(images.length, done));

  /** Fills in the earlier answer for such joints, but asks again: another file may have them in another order. */
  function ask(question: JointQuestion, purpose: Purpose): void {
    const earlier = recallJoints()[question.key];
    const answered = earlier !== undefined && isTable(earlier, question.names.length);
    store.setState({ question: { ...question, guess: answered ? earlier : question.guess, purpose, answered } });
    say(
      purpose === 'import'
        ? 'No labels have been imported yet. Match their joints first.'
        : 'Match the joints of the labels first.',
    );
  }

  /** Reads trusted labels for the images of the session, and compares the drafts with them. */
  async function compare(signal: AbortSignal, files: readonly File[]): Promise<void> {
    const { others, refused: unread } = await gather(signal, readFiles(files));
    if (unread[0]) throw unread[0];
    const labels = await labelsAmong(signal, others);
    if (labels.length === 0) throw new SourceError('no-labels');
    return compareWith(signal, labels, files[0]?.name ?? '', NO_OPTIONS);
  }

  /** truth: the name of what the user chose. */
  async function compareWith(
    signal: AbortSignal,
    labels: readonly Given[],
    truth: string,
    options: IntakeOptions,
    sizes: Sizes = new Map(),
  ): Promise<void> {
    clearNotice(app, 'annotate');
    say('Reading the labels…');
    show(0);
    const images = await knownImages(signal, store.getState().images.map(annotatedImage), fileOf, sizes, ports);
    const { joints, byName } = options;
    const onRead = (done: number) => showLabels(labels.length, done);
    const read = await ports.readLabelFiles(signal, labels, images, { joints, byName }, onRead);
    if (!read) throw new SourceError('no-labels');
    resume = (again, more) => compareWith(again, labels, truth, withMore(options, more), sizes);
    if (read.question) return ask(read.question, 'compare');
    const problems = read.problems.filter(({ kind }) => kind !== 'missing-image'); // ground truth may cover many more images
    if (problems.length > 0 && options.decision === 'undecided') {
      store.setState({ problems, valid: read.images.length, total: read.total, problemsOf: 'truth' });
      say('The labels could not be compared.');
      return;
    }
    if (read.images.length === 0) throw new SourceError('labels-without-images');
    const drafted = store
      .getState()
      .images.filter(({ hasDraft }) => hasDraft)
      .map((record) => ({ ...annotatedImage(record), document: { ...documentOf(record), subjects: draftedIn(record) } }));
    const ids = new Set(drafted.map(({ id }) => id));
    const undrafted = read.images.filter(({ id }) => !ids.has(id)).length;
    store.setState({ compared: { truth, result: evaluate(drafted, read.images), undrafted } });
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
    if (refusal) void noticeOn(app, 'annotate', { ...report(refusal), remedy: 'none' }); // its sentence says what to do; everything else was taken
  }

  return {
    take: (gathered) => reading((signal) => take(signal, gathered)),
    open: (files) => reading((signal) => open(signal, files)),
    compare: (files) => reading((signal) => compare(signal, files)),
    takeAnyway: (how) => reading((signal) => resume(signal, how)),
    answer: async ({ key }, table) => {
      const joints = { [key]: table };
      rememberJoints({ ...recallJoints(), ...joints });
      await reading((signal) => resume(signal, { joints }));
    },
    cancel: () => controller.abort(new DOMException('cancelled by the user', 'AbortError')),
  };
}
