import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is drawn over the image besides the joints; one choice for all images. */
export interface Show {
  readonly names: boolean;
  readonly edges: boolean;
  readonly boxes: boolean;
  /** The heat maps of the selected joint. */
  readonly heat: boolean;
  /** The cascade's draft, beside what it was corrected to. */
  readonly ghost: boolean;
}

export type ShowStore = StoreApi<Show>;

export function createShow(): ShowStore {
  return createStore<Show>(() => ({ names: false, edges: true, boxes: true, heat: false, ghost: true }));
}
