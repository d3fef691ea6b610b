import { createSerialQueue } from '../../async/serial-queue';
import type { EstimateRequest, EstimateResult, MapDetail, Progress } from '../../engine/protocol';
import { viewPoint } from '../../pose/space';
import { decodeImage } from '../../source/decode';
import { fetchSample, listSamples, type Sample } from '../../source/samples';
import { type Dropped, pickDropped, pickOne } from '../../source/transfer';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { revive } from '../shell/retry';
import { enterScreen, noticeOn, tell } from '../shell/screen';
import type { AppStore, Work } from '../shell/store';
import { judgeClick, lacksMaps, mapsOf, nameFound, type Origin, type Person, regionFor, withMaps, withPerson } from './people';
import { createPhotoStore, type OpenPhoto, type Overlay, type PhotoState, type PhotoStore } from './state';
import { foundSentence, nobodySentence, nobodyThereSentence, openedSentence } from './words';
import { viewOfZoom, zoomed } from './zoom';

type Pointed = Exclude<Origin, { kind: 'found' }>;
type PhotoAction = (signal: AbortSignal) => Promise<void>;

/** What the Photo screen can do. Nothing here throws: failures end up in the app store's notice. */
export interface PhotoActions {
  readonly store: PhotoStore;
  /** Called when the screen is shown: lists the samples, unless they are listed already. */
  enter(): Promise<void>;
  /** Opens a photo chosen in a file dialog. */
  openFiles(files: readonly File[]): Promise<void>;
  openDropped(dropped: Dropped): Promise<void>;
  openSample(sample: Sample): Promise<void>;
  /** Detects the person at a point or in a box. */
  detect(origin: Pointed): Promise<void>;
  remove(person: number): void;
  /** Drops everybody, including those the user pointed at, and searches the photo again. */
  findAgain(): Promise<void>;
  /** Changes what is drawn, and fetches the maps this needs. */
  setOverlay(change: Partial<Overlay>): void;
  /** Zooms around the centre of the viewer by a factor; 0: shows the whole photo. */
  zoomBy(factor: number): void;
  /** Opens or closes the panel with the steps of the cascade, and fetches the maps it needs. */
  setInspecting(inspecting: boolean): void;
  /** Computes the maps that are shown but could not be computed, and retries whatever else has failed on the photo. */
  retryMaps(): Promise<void>;
}

/** Where images come from; tests pass a fake. */
export interface PhotoSource {
  readonly decodeImage: typeof decodeImage;
  readonly listSamples: typeof listSamples;
  readonly fetchSample: typeof fetchSample;
}

const BROWSER: PhotoSource = { decodeImage, listSamples, fetchSample };

const mapsNeeded = ({ inspecting, overlay }: PhotoState): MapDetail =>
  inspecting ? 'all' : overlay.heat === 'none' ? 'none' : 'coarse';

/** `samplesUrl` is the address of the samples' folder, with a trailing slash. */
export function createPhotoActions(app: AppStore, engine: Engine, samplesUrl: string, source = BROWSER): PhotoActions {
  const store = createPhotoStore();
  const passes = createSerialQueue();
  let opening = new AbortController();
  let estimating = new AbortController(); // of the open photo
  let ids = 0;
  const newId = () => {
    ids += 1;
    return ids;
  };
  const removed = new Set<number>(); // ids of people, perhaps removed while their photo was still being searched
  const atWork = new Map<AbortSignal, Work>();
  let failed: PhotoAction[] = []; // on the open photo

  /** Sets what is being done under a signal; the page shows what started last. */
  function showWork(signal: AbortSignal, work: Work): void {
    atWork.delete(signal);
    if (work !== 'none') atWork.set(signal, work);
    app.setState({ work: [...atWork.values()].at(-1) ?? 'none' });
  }

  /** Runs one action, and reports what it throws unless it was aborted. again: what the notice's button does. */
  async function attempt(signal: AbortSignal, action: PhotoAction, again?: () => Promise<void>): Promise<void> {
    try {
      await action(signal);
    } catch (error) {
      if (signal.aborted) return;
      console.info('posecade:', error);
      void noticeOn(app, 'photo', { ...report(error), again: again ?? (() => attempt(signal, action)) }, signal);
    } finally {
      showWork(signal, 'none');
    }
  }

  /** Retries everything that has failed on the open photo since the last retry. */
  async function doFailed(): Promise<void> {
    const actions = failed;
    failed = [];
    await Promise.all(actions.map(enqueue));
  }

  /** Runs actions on the open photo in order; opening another photo drops those still queued. */
  function enqueue(action: PhotoAction): Promise<void> {
    const { signal } = estimating;
    const kept = async () => {
      try {
        await action(signal);
      } catch (error) {
        if (!signal.aborted) failed.push(action);
        throw error;
      }
    };
    return passes.run(async () => {
      if (!signal.aborted) await attempt(signal, kept, doFailed);
    });
  }

  async function estimate(
    signal: AbortSignal,
    { frame }: OpenPhoto,
    asked: Pick<EstimateRequest, 'regions' | 'flipTest' | 'onProgress'>,
  ): Promise<EstimateResult> {
    showWork(signal, 'estimating');
    const client = await engine.client();
    signal.throwIfAborted();
    const maps = mapsNeeded(store.getState());
    return client.estimate(signal, { ...asked, frame, maps, transfer: false });
  }

  /** Announces a success, unless another screen is shown. Clears the notice, unless it offers to retry what failed. */
  function wentWell(message: string): void {
    const { screen } = app.getState();
    if (screen !== 'photo') return;
    if (failed.length === 0) app.setState({ notice: undefined });
    tell(app, message);
  }

  function show(people: readonly Person[], chosen: Person | undefined, timings: EstimateResult['timings']): void {
    const { threshold, engine: status } = app.getState();
    const backend = 'ready' in status ? status.ready.backend : undefined;
    const message = chosen ? foundSentence(people, chosen, timings.total, backend, threshold) : nobodySentence;
    store.setState({ people, chosenPerson: chosen?.id, timings });
    wentWell(message);
  }

  function find(): Promise<void> {
    return enqueue(async (signal) => {
      const { photo } = store.getState();
      if (!photo) return;
      const named = nameFound(newId);
      const stillThere = (results: EstimateResult['people']) => {
        const own = store.getState().people.filter(({ origin }) => origin.kind !== 'found'); // some, if this is a retry
        const found: readonly Person[] = named(results).filter(({ id }) => !removed.has(id));
        return own.reduce(withPerson, found);
      };
      let surest: number | undefined; // chosen until the user chooses another
      const chosenOf = (people: readonly Person[]) => {
        const { chosenPerson } = store.getState();
        const chosen = chosenPerson === surest ? undefined : people.find(({ id }) => id === chosenPerson);
        surest = people[0]?.id;
        return chosen ?? people[0];
      };
      const onProgress = ({ people: results, done, total }: Progress) => {
        if (signal.aborted) return;
        const people = stillThere(results);
        store.setState({ people, chosenPerson: chosenOf(people)?.id, searched: { done, total } });
      };
      try {
        const { people: results, timings } = await estimate(signal, photo, { regions: 'everybody', flipTest: true, onProgress });
        const people = stillThere(results);
        show(people, chosenOf(people), timings);
      } finally {
        if (!signal.aborted) store.setState({ searched: undefined });
      }
    });
  }

  async function detectAt(signal: AbortSignal, origin: Pointed): Promise<void> {
    const { photo, people: known } = store.getState();
    if (!photo) return;
    const regions = [regionFor(origin, known, photo.frame)];
    const { people: found, timings } = await estimate(signal, photo, { regions, flipTest: true });
    const result = found[0];
    const { people } = store.getState();
    const added = result && { id: newId(), origin, result };
    const verdict = added && origin.kind === 'point' ? judgeClick(people, added) : 'better';
    if (!added || verdict === 'nobody') wentWell(nobodyThereSentence);
    else if (verdict !== 'better') show(people, verdict, timings);
    else show(withPerson(people, added), added, timings);
  }

  async function loadSamples(): Promise<void> {
    try {
      app.setState({ samples: await source.listSamples(new AbortController().signal, samplesUrl) });
    } catch (error) {
      console.info('posecade:', error);
      if (app.getState().screen === 'photo') app.setState({ notice: { ...report(error), again: loadSamples } });
    }
  }

  /** Fetches the maps that the page shows and the results lack. */
  function fetchMaps(): Promise<void> {
    return enqueue(async (signal) => {
      const { photo, people, chosenPerson } = store.getState();
      const isChosen = ({ id }: Person) => id === chosenPerson;
      // The chosen person first, because the user is looking at them; the others in one request, which copies the photo once.
      for (const some of [people.filter(isChosen), people.filter((person) => !isChosen(person))]) {
        const lacking = some.filter(({ result }) => lacksMaps(mapsOf(result), mapsNeeded(store.getState())));
        if (!photo || lacking.length === 0) continue;
        const regions = lacking.map(({ result }) => ({ roi: result.roi, refine: false }));
        const { people: fresh } = await estimate(signal, photo, { regions, flipTest: false });
        const mapped = new Map(lacking.map(({ id }, i) => [id, fresh[i]]));
        store.setState({ people: withMaps(store.getState().people, mapped) });
      }
    });
  }

  /** Aborts the passes over the open photo, and replaces it with another. */
  function replacePhoto(photo: OpenPhoto): void {
    estimating.abort();
    estimating = new AbortController();
    failed = [];
    const { photo: previous } = store.getState();
    store.setState({
      photo,
      zoom: undefined,
      people: [],
      waiting: [],
      searched: undefined,
      chosenPerson: undefined,
      timings: undefined,
    });
    wentWell(openedSentence(photo.name, photo.frame));
    setTimeout(() => previous?.frame.bitmap.close()); // later: panels that were about to be painted may still draw it
  }

  /** Reads, decodes and shows a photo, then searches it. If the file cannot be opened, the open photo stays as it is. */
  function open(read: (signal: AbortSignal) => Promise<{ file: Blob; others: number }>, sample?: Sample): Promise<void> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    return attempt(signal, async () => {
      showWork(signal, 'opening');
      const { file, others } = await read(signal);
      const name = sample?.file ?? (file instanceof File ? file.name : '');
      const frame = await source.decodeImage(signal, file, name);
      replacePhoto({ id: newId(), name, frame, sample, others });
      showWork(signal, 'none');
      await find();
    });
  }

  return {
    store,

    enter: async () => {
      enterScreen(app, 'photo');
      if (app.getState().samples.length === 0) await loadSamples();
    },

    openFiles: (files) => open(async () => pickOne(files)),

    openDropped: (dropped) => open(async () => pickDropped(dropped)),

    openSample: (sample) =>
      open(async (signal) => ({ file: await source.fetchSample(signal, samplesUrl, sample), others: 0 }), sample),

    detect: async (origin) => {
      const { signal: lifetime } = estimating;
      store.setState(({ waiting }) => ({ waiting: [...waiting, origin] }));
      await enqueue((signal) => detectAt(signal, origin));
      if (!lifetime.aborted) store.setState(({ waiting }) => ({ waiting: waiting.filter((other) => other !== origin) }));
    },

    remove: (id) => {
      const { people, chosenPerson } = store.getState();
      const number = people.findIndex((person) => person.id === id) + 1;
      removed.add(id);
      const left = people.filter((person) => person.id !== id);
      store.setState({ people: left, chosenPerson: chosenPerson === id ? left[0]?.id : chosenPerson });
      tell(app, `Person ${number} removed.`);
    },

    findAgain: () => {
      failed = [];
      store.setState({ people: [], chosenPerson: undefined });
      return find();
    },

    setOverlay: (change) => {
      store.setState(({ overlay }) => ({ overlay: { ...overlay, ...change } }));
      void fetchMaps();
    },

    zoomBy: (by) => {
      const { photo, zoom, viewer } = store.getState();
      if (!photo || viewer.width === 0) return;
      const middle = viewPoint(viewer.width / 2, viewer.height / 2);
      const view = viewOfZoom(zoom, photo.frame, viewer);
      store.setState({ zoom: zoomed(view, middle, middle, by, photo.frame, viewer) });
    },

    setInspecting: (inspecting) => {
      store.setState({ inspecting });
      void fetchMaps();
    },

    retryMaps: async () => {
      if (app.getState().notice?.again === doFailed) app.setState({ notice: undefined }); // this does what its button would do
      revive(app, engine);
      await doFailed(); // or the success would leave a failure behind, and no later one would clear the notice
      await fetchMaps();
    },
  };
}
