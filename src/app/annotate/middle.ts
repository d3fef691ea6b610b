import type { AnnotatedImage, ImageDocument } from '../../annotate/document';
import { DRAFT_THRESHOLD } from '../../annotate/draft';
import { isResting } from '../../annotate/gesture-state';
import { EngineError } from '../../engine/error';
import type { Frame } from '../../engine/protocol';
import type { Drafts } from './drafts';
import { createEditor, type Editor } from './editor';
import type { FramePool } from './frames';
import type { Ledger } from './ledger';
import { neighbour } from './list';
import type { ShowStore } from './show';
import { workOf } from './state';

/** The image in the middle of the screen, and the editors of all that were there. */
export interface Middle {
  /** Brings an image there. */
  show(id: number): void;
  /** Opens the image that is to be there, where that failed before. */
  again(): void;
  /** Empties it; the image's editor stays for the next visit. */
  clear(): void;
  /** The one there and the one after it in the list stay decoded. */
  keepNear(): void;
  /** Puts a draft where no hand has been; a gesture under way may still become an edit, so it is waited for. */
  propose(id: number, document: ImageDocument): void;
  /** An image has another document, not by its editor. */
  take(id: number, document: ImageDocument): void;
  /** An image is no longer in the session. */
  forget(id: number): void;
  close(): void;
}

export interface MiddleParts {
  readonly ledger: Ledger;
  readonly frames: FramePool;
  readonly look: Drafts['look'];
  readonly show: ShowStore;
  say(message: string): void;
}

export function createMiddle({ ledger, frames, look, show: shown, say }: MiddleParts): Middle {
  const editors = new Map<number, Editor>(); // each keeps its steps, and may still draft somebody

  function keepNear(): void {
    const { current, work } = ledger.state;
    const next = neighbour(ledger.state, current, 1);
    frames.keep(...[current, next].filter((id) => id !== undefined));
    if (next !== undefined && workOf(work, next).state !== 'failed') {
      frames.use(next, () => undefined).catch(() => undefined); // told of when it is shown
    }
  }

  function edit(id: number, document: ImageDocument): void {
    ledger.change(id, { document, edited: true });
    if (ledger.isUndrafted(id)) ledger.setWork(id, { state: 'done' });
  }

  /** What a late draft put into an image that was left is not what was accepted there. */
  function reopen(id: number): void {
    const image = ledger.find(id);
    if (ledger.state.opened?.id === id || image?.verdict !== 'accepted') return;
    ledger.change(id, { verdict: 'open' });
    say(`Somebody in ${image.name} was drafted after you had accepted it: it is to be looked at again.`);
  }

  function editorFor({ id, document }: AnnotatedImage, { width, height }: Frame): Editor {
    const known = editors.get(id);
    if (known) {
      known.setShown(true);
      return known;
    }
    const editor = createEditor(
      document,
      { width, height },
      {
        look: async (signal, roi) => {
          const regions = [{ roi, refine: false }];
          const { people } = await frames.use(id, (frame) => look(signal, { frame, regions, maps: 'all' }));
          if (!people[0]) throw new EngineError({ code: 'estimate-failed', detail: 'nothing came back for the box' });
          return people[0];
        },
        previous: () => ledger.find(neighbour(ledger.state, id, -1))?.document,
        threshold: DRAFT_THRESHOLD,
        show: shown,
        onChange: (changed) => {
          edit(id, changed);
          reopen(id);
        },
      },
    );
    editors.set(id, editor);
    return editor;
  }

  async function open(id: number): Promise<void> {
    try {
      await frames.use(id, (frame) => {
        const { current, opened } = ledger.state;
        const image = ledger.find(id);
        if (image && current === id && !opened) ledger.set({ opened: { id, frame, editor: editorFor(image, frame) } });
      });
      if (!ledger.closed && ledger.state.current === id) keepNear();
    } catch (error) {
      if (ledger.closed || ledger.state.current !== id) return;
      console.info('posecade:', error);
      ledger.fail(id, error);
    }
  }

  function put(current: number | undefined): void {
    ledger.state.opened?.editor.setShown(false);
    ledger.set({ current, opened: undefined });
    frames.keep(...(current === undefined ? [] : [current]));
  }

  function propose(id: number, document: ImageDocument): void {
    const image = ledger.find(id);
    const editor = editors.get(id);
    if (!image || image.edited || image.verdict === 'accepted' || image.document.subjects.length > 0) return;
    if (editor && !isResting(editor.store.getState().gesture)) {
      const stop = editor.store.subscribe(({ gesture }) => {
        if (!isResting(gesture)) return;
        stop();
        propose(id, document);
      });
      return;
    }
    ledger.change(id, { document });
    editor?.take(document);
  }

  return {
    show: (id) => {
      if (id === ledger.state.current || !ledger.find(id)) return;
      put(id);
      void open(id);
    },
    again: () => {
      const { current, opened } = ledger.state;
      if (current !== undefined && !opened) void open(current);
    },
    clear: () => put(undefined),
    keepNear,
    propose,
    take: (id, document) => editors.get(id)?.take(document),
    forget: (id) => {
      editors.get(id)?.dispose();
      editors.delete(id);
    },
    close: () => {
      put(undefined);
      for (const editor of editors.values()) editor.dispose();
    },
  };
}
