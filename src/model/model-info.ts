/** How a model describes itself and what can be requested from it, across the thread boundary: types only. */

export type Backend = 'webgpu' | 'wasm';

/** none: joints only. coarse: also the coarse maps. all: also the fine maps with their origins. */
export type MapDetail = 'none' | 'coarse' | 'all';

/** Geometry of the maps; strides in input pixels per cell, sizes in cells per side. */
export interface MapGeometry {
  readonly size: number;
  readonly stride: number;
}

/** The stages of a cascade. */
export interface Stages {
  /** Sides of the image pyramid's levels, pixels, finest first. */
  readonly pyramid: readonly number[];
  readonly coarse: MapGeometry;
  readonly fine: MapGeometry;
}

export interface ModelInfo {
  readonly name: string;
  /** Side of the square input, pixels. */
  readonly input: number;
  /** undefined: the model is not a cascade and has no maps. */
  readonly stages: Stages | undefined;
  readonly parameters: number;
  /** Multiply-accumulates for one person, in 1e9; NaN: not counted. */
  readonly gmac: number;
  /** Bytes of the weights file. */
  readonly bytes: number;
}
