import type { Storage } from './tensor';

/** The resource for one of a shader's bindings, in the order of the binding numbers. */
export type Binding =
  /** A storage buffer, too, and never written. */
  | { readonly kind: 'numbers'; readonly numbers: Uint32Array<ArrayBuffer> }
  /** Created once for all batch sizes; make() is called if there is none of that name yet. */
  | { readonly kind: 'constant'; readonly name: string; readonly make: () => Float32Array<ArrayBuffer> }
  | { readonly kind: 'read' | 'write'; readonly storage: Storage };

/** One dispatch. */
export interface Step {
  readonly name: string;
  /** WGSL with an entry point `main`; steps with the same text share a pipeline. */
  readonly code: string;
  /** Group 0. */
  readonly bindings: readonly Binding[];
  /** Whether group 1 is the run's input: the frame's texture, a linear sampler, and the list of crops (frame.ts). */
  readonly readsFrame?: boolean;
  /** Number along x. */
  readonly workgroups: number;
  /** Multiply-accumulates. */
  readonly macs: number;
}

export const read = (storage: Storage): Binding => ({ kind: 'read', storage });
export const write = (storage: Storage): Binding => ({ kind: 'write', storage });
