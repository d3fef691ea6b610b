import type { Pipelines } from './pipelines';
import { GPU, SOFTWARE, type Tiling } from './tile';

/** A device and what is compiled on it. */
export interface WebGpu {
  readonly device: GPUDevice;
  readonly pipelines: Pipelines;
  /** The adapter is a program on the processor. */
  readonly software: boolean;
}

export const tilingOf = ({ software }: WebGpu): Tiling => (software ? SOFTWARE : GPU);
