import type { Storage } from './tensor';

/** What a shader's binding is given, by the binding's number. */
export type Binding =
  | { readonly kind: 'uniform'; readonly numbers: Uint32Array<ArrayBuffer> }
  /** Made once for all batch sizes; make() is called if there is none of that name yet. */
  | { readonly kind: 'constant'; readonly name: string; readonly make: () => Float32Array<ArrayBuffer> }
  | { readonly kind: 'read' | 'write'; readonly storage: Storage };

/** One dispatch. */
export interface Step {
  readonly name: string;
  /** WGSL with an entry point `main`; steps with the same text share a pipeline. */
  readonly code: string;
  /** Group 0. */
  readonly bindings: readonly Binding[];
  /** Whether group 1 is what a run is of: the frame's texture, a linear sampler, and the list of crops (frame.ts). */
  readonly readsFrame?: boolean;
  /** Along x. */
  readonly workgroups: number;
  /** Multiply-accumulates. */
  readonly macs: number;
}

export const read = (storage: Storage): Binding => ({ kind: 'read', storage });
export const write = (storage: Storage): Binding => ({ kind: 'write', storage });
