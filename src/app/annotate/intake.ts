import { evaluate } from '../../annotate/evaluate';
import { SourceError } from '../../source/error';
import { type Brought, type Gathered, type Given, gather, readFiles } from '../../source/gather';
import { report } from '../shell/report';
import type { AppStore } from '../shell/store';
import { asideSentence, count } from '../shell/summary';
import { imageOf } from './images';
import { planImport } from './import';
import { labelsAmong, seemLabels } from './labels';
import type { Ports } from './ports';
import type { Session } from './session';
import type { SessionStore } from './state';

/** What is given to the screen: images, labels, or both. Everything here rejects with a SourceError, or a StoreError. */
export interface Intake {
  /** Takes images, and the labels among the other files, into the open session or a new one. */
  take(gathered: Pick<Gathered, 'images' | 'others'>): Promise<void>;
  /** Looks through what was given, takes what can be opened, and tells the first thing that cannot. */
  open(files: Promise<readonly Brought[]>): Promise<void>;
  /** Takes the labels all the same whose problems are shown. */
  takeAnyway(): Promise<void>;
  /** Reads a truth for the images of the session, and holds the drafts against it. */
  compare(files: readonly File[]): Promise<void>;
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
  let refused = async (): Promise<void> => undefined;

  async function take({ images, others }: Pick<Gathered, 'images' | 'others'>): Promise<void> {
    const labels = await labelsAmong(others);
    if (labels.length > 0) return takeLabels(labels, images, others.length - labels.length, false);
    if (images.length === 0) throw new SourceError(seemLabels(others) ? 'no-labels' : 'nothing-given');
    const into = session() ?? (await begin());
    into.add(images);
    say(`${count(images.length, 'image')} added. ${asideSentence(others.length)}`.trim());
  }

  /** Takes labels, with the images that came with them, or shows what is wrong and changes nothing. */
  async function takeLabels(labels: readonly Given[], images: readonly Given[], aside: number, anyway: boolean): Promise<void> {
    app.setState({ notice: undefined });
    say('Reading the labels…');
    const into = session();
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

  async function open(files: Promise<readonly Brought[]>): Promise<void> {
    say('Looking through the files…');
    const gathered = await gather(await files);
    const [refusal] = gathered.refused;
    if (refusal && gathered.images.length + gathered.others.length === 0) throw refusal;
    await take(gathered);
    if (refusal) app.setState({ notice: { ...report(refusal), remedy: 'none' } }); // its words say what to do; the rest is here
  }

  return {
    take,
    open,
    compare,
    takeAnyway: async () => {
      store.setState({ problems: [] });
      await refused();
    },
  };
}
