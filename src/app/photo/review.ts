import type { EstimateResult, MapDetail, Regions } from '../../engine/protocol';
import { decodeImage } from '../../source/decode';
import { fetchSample, listSamples, type Sample } from '../../source/samples';
import { pickFromTransfer, pickOne } from '../../source/transfer';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { enterScreen, sayOn } from '../shell/screen';
import type { AppStore, Overlay, Photo, State, Work } from '../shell/store';
import { foundSentence, nobodySentence, nobodyThereSentence, openedSentence } from '../shell/summary';
import { judgeClick, lacksMaps, mapsOf, type Origin, type Person, regionFor, withMaps, withPerson } from './people';

type Pointed = Exclude<Origin, { kind: 'found' }>;

/** What the photo screen can be told to do. Nothing here throws: failures end up in the store's notice. */
export interface Review {
  /** The photo screen is shown: what was said on another is cleared, and the samples are listed, unless they are. */
  enter(): Promise<void>;
  /** Opens what a file dialogue gave. */
  openFiles(files: readonly File[]): Promise<void>;
  /** Opens what a drop or a paste brought, once the screen is shown; to be called while its event is handled. */
  openTransfer(transfer: DataTransfer | null, shown?: Promise<void>): Promise<void>;
  openSample(sample: Sample): Promise<void>;
  /** Poses the person at a point or in a box. */
  look(origin: Pointed): Promise<void>;
  remove(person: number): void;
  /** Drops all that the user pointed at and lets the app find people by itself again. */
  findAgain(): Promise<void>;
  /** Changes what is drawn; fetches the maps that it needs. */
  setOverlay(change: Partial<Overlay>): void;
  /** Opens or closes the panel "inside the cascade"; fetches the maps that it needs. */
  setInspecting(inspecting: boolean): void;
}

/** Where pictures come from; tests give their own. */
export interface Source {
  readonly decodeImage: typeof decodeImage;
  readonly listSamples: typeof listSamples;
  readonly fetchSample: typeof fetchSample;
}

const BROWSER: Source = { decodeImage, listSamples, fetchSample };

interface Opened {
  readonly file: Blob;
  readonly others: number;
}

const mapsWanted = (state: State): MapDetail => (state.inspecting ? 'all' : state.overlay.heat === 'none' ? 'none' : 'coarse');

/** The photo screen's actions. `samplesUrl` is the address of the samples' folder, with a closing slash. */
export function createReview(store: AppStore, engine: Engine, samplesUrl: string, source: Source = BROWSER): Review {
  let opening = new AbortController();
  let looking = new AbortController();
  let queue: Promise<void> = Promise.resolve();
  let ids = 0;
  const atWork = new Map<AbortSignal, Work>();

  /** What is done under a signal; the page shows what began last. */
  function showWork(signal: AbortSignal, work: Work): void {
    atWork.delete(signal);
    if (work !== 'none') atWork.set(signal, work);
    store.setState({ work: [...atWork.values()].at(-1) ?? 'none' });
  }

  /** Runs one action; what it throws is shown, unless it was given up. */
  async function attempt(signal: AbortSignal, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (signal.aborted) return;
      console.info('posecade:', error);
      store.setState({ notice: { ...report(error), again: () => attempt(signal, action) } });
    } finally {
      showWork(signal, 'none');
    }
  }

  /** One look at the photograph after the other, in the order they were asked for. */
  function enqueue(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = looking;
    queue = queue.then(() => (signal.aborted ? undefined : attempt(signal, () => action(signal))));
    return queue;
  }

  async function estimate(signal: AbortSignal, photo: Photo, regions: Regions): Promise<EstimateResult> {
    showWork(signal, 'estimating');
    const client = await engine.client();
    signal.throwIfAborted();
    return client.estimate(signal, {
      frame: photo.frame,
      regions,
      maps: mapsWanted(store.getState()),
      flipTest: false,
      transfer: false,
    });
  }

  /** Says so, and takes back what failed before; another screen has its own to say. */
  function wentWell(message: string): void {
    if (store.getState().screen === 'photo') store.setState({ notice: undefined, message });
  }

  /** Shows people, and says so. */
  function show(people: readonly Person[], chosen: Person | undefined, timings: EstimateResult['timings']): void {
    const { threshold, engine: status } = store.getState();
    const backend = 'ready' in status ? status.ready.backend : undefined;
    const message = chosen ? foundSentence(people, chosen, timings.total, backend, threshold) : nobodySentence;
    store.setState({ people, chosenPerson: chosen?.id, timings });
    wentWell(message);
  }

  function find(): Promise<void> {
    return enqueue(async (signal) => {
      const { photo } = store.getState();
      if (!photo) return;
      const { people, timings } = await estimate(signal, photo, 'search');
      const found = people.map((result): Person => {
        ids += 1;
        return { id: ids, origin: { kind: 'found' }, result };
      });
      show(found, found[0], timings);
    });
  }

  async function loadSamples(): Promise<void> {
    try {
      store.setState({ samples: await source.listSamples(new AbortController().signal, samplesUrl) });
    } catch (error) {
      console.info('posecade:', error);
      if (store.getState().screen === 'photo') store.setState({ notice: { ...report(error), again: loadSamples } });
    }
  }

  /** Fetches the maps that the page shows and the results lack. */
  function fetchMaps(): Promise<void> {
    return enqueue(async (signal) => {
      const { photo, people } = store.getState();
      for (const { id, result } of people) {
        if (!photo || !lacksMaps(mapsOf(result), mapsWanted(store.getState()))) continue;
        const { people: seen } = await estimate(signal, photo, [{ roi: result.roi, refine: false }]);
        if (seen[0]) store.setState({ people: withMaps(store.getState().people, id, seen[0]) });
      }
    });
  }

  /** Gives up the looks at the photograph that is open, and opens another. */
  function replacePhoto(photo: Photo, message: string): void {
    looking.abort();
    looking = new AbortController();
    const { photo: previous } = store.getState();
    store.setState({ photo, people: [], chosenPerson: undefined, timings: undefined });
    wentWell(message);
    setTimeout(() => previous?.frame.bitmap.close()); // later: panels that were about to be painted may still draw it
  }

  /**
   * Reads, decodes, shows, finds; a file that cannot be opened leaves the photograph that is open as it is. `read` starts at once: the
   * files of a drop are gone when its event ends.
   */
  function open(read: (signal: AbortSignal) => Promise<Opened>, sample?: Sample): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    return attempt(signal, async () => {
      showWork(signal, 'opening');
      const { file, others } = await read(signal);
      const name = sample?.file ?? (file instanceof File ? file.name : '');
      const frame = await source.decodeImage(signal, file, name);
      ids += 1;
      replacePhoto({ id: ids, name, frame, sample, others }, openedSentence(name, frame));
      showWork(signal, 'none');
      await find();
    });
  }

  return {
    enter: async () => {
      enterScreen(store, 'photo');
      if (store.getState().samples.length === 0) await loadSamples();
    },

    openFiles: (files) => open(async () => pickOne(files, 0)),

    openTransfer: (transfer, shown = Promise.resolve()) =>
      open(async () => {
        try {
          return pickFromTransfer(transfer);
        } finally {
          await shown; // entering it would clear what is said of these files
        }
      }),

    openSample: (sample) =>
      open(async (signal) => ({ file: await source.fetchSample(signal, samplesUrl, sample), others: 0 }), sample),

    look: (origin) =>
      enqueue(async (signal) => {
        const { photo, people } = store.getState();
        if (!photo) return;
        const { people: seen, timings } = await estimate(signal, photo, [regionFor(origin, people, photo.frame)]);
        const result = seen[0];
        ids += 1;
        const now = store.getState();
        const added = result && { id: ids, origin, result };
        const verdict = added && origin.kind === 'point' ? judgeClick(now.people, added, now.threshold) : 'better';
        if (!added || verdict === 'nobody') sayOn(store, 'photo', nobodyThereSentence);
        else if (verdict !== 'better') show(now.people, verdict, timings);
        else show(withPerson(now.people, added, now.threshold), added, timings);
      }),

    remove: (id) => {
      const { people, chosenPerson } = store.getState();
      const left = people.filter((person) => person.id !== id);
      store.setState({ people: left, chosenPerson: chosenPerson === id ? left.at(-1)?.id : chosenPerson, message: 'Removed.' });
    },

    findAgain: () => {
      store.setState({ people: [], chosenPerson: undefined });
      return find();
    },

    setOverlay: (change) => {
      store.setState({ overlay: { ...store.getState().overlay, ...change } });
      void fetchMaps();
    },

    setInspecting: (inspecting) => {
      store.setState({ inspecting });
      void fetchMaps();
    },
  };
}
