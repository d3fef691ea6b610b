import type { MapDetail, ModelInfo } from '../model-info';
import type { Network, OnCompiled, Pixels } from '../network';
import { compileFor, type Definition, type OpenNetwork, openNetwork } from '../open-network';
import type { Architecture, PersonReading, PoseModel } from '../pose-model';
import type { WebGpu } from '../webgpu/gpu';
import { type Contract, checkContract, FORMAT } from './contract';
import { foldFeedback } from './fold';
import { cascadeGraph } from './graph';
import { cascadeRecording } from './recording';
import { lengthOf } from './row';
import { unpack } from './unpack';

/** Batch sizes for which shaders are compiled in advance: that of most frames, and of several people. */
const USUAL_BATCHES = [1, 4];

/** The whole network: pixels -> coarse maps -> peaks -> crops -> fine maps -> joints, with one read-back. Owns its resources until dispose(). */
export class Cascade implements PoseModel {
  readonly contract: Contract;
  /** Multiply-accumulates for one person, by layer. */
  readonly macs: ReadonlyMap<string, number>;
  private readonly network: Network;

  /** gpu: as in openNetwork. Rejects with a ModelError if the bytes do not match the contract or do not fit the layers. */
  static async create(contract: Contract, bytes: ArrayBuffer, gpu?: WebGpu): Promise<Cascade> {
    return new Cascade(contract, await openNetwork(definitionOf(contract), bytes, gpu));
  }

  private constructor(contract: Contract, { network, macs }: OpenNetwork) {
    this.contract = contract;
    this.network = network;
    this.macs = macs;
  }

  compile(onProgress: OnCompiled): Promise<void> {
    return this.network.compile(USUAL_BATCHES, onProgress);
  }

  async run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]> {
    const rows = await this.network.run(signal, pixels, lengthOf(this.contract, maps));
    return rows.map((row) => unpack(row, this.contract));
  }

  get info(): ModelInfo {
    const { input, coarse, fine, weights } = this.contract;
    return {
      name: `cascade ${weights.sha256.slice(0, 8)}`,
      input: input.size,
      stages: {
        pyramid: [input.size, input.size / 2, input.size / 4],
        coarse: { size: coarse.cells, stride: coarse.stride },
        fine: { size: fine.cells, stride: fine.stride },
      },
      parameters: weights.parameters,
      gmac: [...this.macs.values()].reduce((sum, macs) => sum + macs, 0) / 1e9,
      bytes: weights.bytes,
    };
  }

  dispose(): void {
    this.network.dispose();
  }
}

const definitionOf = (contract: Contract): Definition => ({
  weights: contract.weights,
  size: contract.input.size,
  fold: foldFeedback,
  recording: (weights) => cascadeRecording(contract, weights),
  graph: (blocks, pixels) => cascadeGraph(blocks, contract, pixels),
});

/** The coarse-to-fine cascade of heat maps. */
export const CASCADE: Architecture = {
  format: FORMAT,
  read(json) {
    const contract = checkContract(json);
    return {
      weights: contract.weights,
      compile: (gpu) => compileFor(definitionOf(contract), gpu, USUAL_BATCHES),
      create: (bytes, gpu) => Cascade.create(contract, bytes, gpu),
    };
  },
};
