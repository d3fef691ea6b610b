import type { StoreApi } from 'zustand/vanilla';
import { subjectOf } from '../../annotate/edit';
import type { PersonResult } from '../../engine/protocol';
import { type Box, roiFromBox } from '../../pose/roi';
import { report } from '../shell/report';
import type { EditorDeps, EditorState } from './editor';

export interface Looks {
  /** Looks at a person's box; what comes of it is kept with the person. undefined: it failed, and that was said; or it was given up. */
  look(id: number, box: Box): Promise<PersonResult | undefined>;
  /** Gets the heat-maps of the person pointed at or chosen, if they are shown and not there. */
  want(): void;
  /** Whether the image is shown: else no maps are wanted or kept, but the looks that were asked for go on. */
  setShown(shown: boolean): void;
  /** The people are others now: gives up the looks under way. */
  forget(): void;
}

/** What the cascade says of the people of one open image. */
export function createLooks(store: StoreApi<EditorState>, deps: EditorDeps): Looks {
  const asked = new Set<number>();
  let [forLooks, forMaps] = [new AbortController(), new AbortController()];
  let shown = true;
  const now = store.getState;

  async function look(id: number, box: Box, { signal } = forLooks): Promise<PersonResult | undefined> {
    asked.add(id);
    store.setState({ looking: now().looking + 1 });
    try {
      const result = await deps.look(signal, roiFromBox(box));
      if (signal.aborted) return undefined;
      if (shown) store.setState({ looks: new Map(now().looks).set(id, result) });
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      console.info('posecade:', error);
      asked.delete(id);
      const { sentence, next } = report(error);
      store.setState({ said: `${sentence} ${next} Joints can be placed by hand all the same.` });
      return undefined;
    } finally {
      store.setState({ looking: now().looking - 1 });
    }
  }

  function clearMaps(): void {
    forMaps.abort();
    forMaps = new AbortController();
    asked.clear();
    store.setState({ looks: new Map() });
  }

  return {
    look: (id, box) => look(id, box),
    want: () => {
      if (!shown) return;
      const { document, pointed, choice } = now();
      const subject = subjectOf(document, (pointed ?? choice).subject);
      if (subject && deps.show.getState().heat && !asked.has(subject.id)) void look(subject.id, subject.box, forMaps);
    },
    setShown: (isShown) => {
      shown = isShown;
      clearMaps();
    },
    forget: () => {
      forLooks.abort();
      forLooks = new AbortController();
      clearMaps();
    },
  };
}
