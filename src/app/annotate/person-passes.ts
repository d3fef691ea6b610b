import type { StoreApi } from 'zustand/vanilla';
import { subjectOf } from '../../annotate/edit';
import type { PersonResult } from '../../engine/protocol';
import { type Box, roiFromBox } from '../../pose/roi';
import type { Roi } from '../../pose/space';
import { report } from '../shell/report';
import type { EditorState } from './editor-state';
import type { ShowStore } from './show';

/** One pass of the network over a square of the image, with all heat maps. Rejects with an error that `report` explains. */
export type InferPerson = (signal: AbortSignal, roi: Roi) => Promise<PersonResult>;

/** Network passes over individual people in one open image. */
export interface PersonPasses {
  /** Runs a pass over a person's box and keeps its heat maps. undefined: it failed, which was reported, or it was cancelled. */
  run(id: number, box: Box): Promise<PersonResult | undefined>;
  /** Requests the heat maps of the hovered or selected person, if heat maps are shown and theirs are missing. */
  wantMaps(): void;
  /** Sets whether the image is shown. While it is not, heat maps are neither requested nor kept, but passes of run() continue. */
  setShown(shown: boolean): void;
  /** The people were replaced: cancels the passes in flight. */
  cancel(): void;
}

export function createPersonPasses(store: StoreApi<EditorState>, show: ShowStore, infer: InferPerson): PersonPasses {
  const asked = new Set<number>(); // people whose heat maps are available or in flight
  let [forPeople, forMaps] = [new AbortController(), new AbortController()];
  let shown = true;
  const now = store.getState;

  async function run(id: number, box: Box, { signal } = forPeople): Promise<PersonResult | undefined> {
    asked.add(id);
    store.setState({ passes: now().passes + 1 });
    try {
      const result = await infer(signal, roiFromBox(box));
      if (signal.aborted) return undefined;
      if (shown) store.setState({ results: new Map(now().results).set(id, result) });
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      console.info('posecade:', error);
      asked.delete(id);
      const { sentence, next } = report(error);
      store.setState({ said: `${sentence} ${next} You can still place the joints by hand.` });
      return undefined;
    } finally {
      store.setState({ passes: now().passes - 1 });
    }
  }

  function clearMaps(): void {
    forMaps.abort();
    forMaps = new AbortController();
    asked.clear();
    store.setState({ results: new Map() });
  }

  return {
    run: (id, box) => run(id, box),
    wantMaps: () => {
      if (!shown) return;
      const { document, pointed, selection } = now();
      const subject = subjectOf(document, (pointed ?? selection).subject);
      if (subject && show.getState().heat && !asked.has(subject.id)) void run(subject.id, subject.box, forMaps);
    },
    setShown: (isShown) => {
      shown = isShown;
      clearMaps();
    },
    cancel: () => {
      forPeople.abort();
      forPeople = new AbortController();
      clearMaps();
    },
  };
}
