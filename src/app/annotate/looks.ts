import type { StoreApi } from 'zustand/vanilla';
import { subjectOf } from '../../annotate/edit';
import type { PersonResult } from '../../engine/protocol';
import { type Box, roiFromBox } from '../../pose/roi';
import { report } from '../report';
import type { EditorDeps, EditorState } from './editor';

export interface Looks {
  /** Looks at a person's box; what comes of it is kept with the person. undefined: it failed, and that was said; or it was given up. */
  look(id: number, box: Box): Promise<PersonResult | undefined>;
  /** Gets the heat-maps of the person pointed at or chosen, if they are shown and not there. */
  want(): void;
  /** The people are others now: gives up the looks under way. */
  forget(): void;
}

/** What the cascade says of the people of one open image. */
export function createLooks(store: StoreApi<EditorState>, deps: EditorDeps): Looks {
  const asked = new Set<number>();
  let stop = new AbortController();
  const now = store.getState;

  async function look(id: number, box: Box): Promise<PersonResult | undefined> {
    const { signal } = stop;
    asked.add(id);
    store.setState({ looking: now().looking + 1 });
    try {
      const result = await deps.look(signal, roiFromBox(box));
      if (signal.aborted) return undefined;
      store.setState({ looks: new Map(now().looks).set(id, result) });
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

  return {
    look,
    want: () => {
      const { document, pointed, choice } = now();
      const subject = subjectOf(document, (pointed ?? choice).subject);
      if (subject && deps.show.getState().heat && !asked.has(subject.id)) void look(subject.id, subject.box);
    },
    forget: () => {
      stop.abort();
      stop = new AbortController();
      asked.clear();
      store.setState({ looks: new Map() });
    },
  };
}
