import type { Crops, Network, OnCompiled, Pixels, Sheet } from '../network';
import { Frame } from './frame';
import { tilingOf, type WebGpu } from './gpu';
import { withMemory } from './memory';
import { Constants, Program } from './program';
import type { Recording, RecordingFor } from './recorder';

/** Maximum number of batch sizes that stay recorded. */
const MAX_PROGRAMS = 4;

/** A network recorded once per batch size and replayed frame by frame on a device. Owns what it creates there until dispose(). */
export class WebGpuNetwork implements Network {
  private readonly gpu: WebGpu;
  private readonly constants: Constants;
  private readonly frame: Frame;
  private readonly size: number;
  private readonly recordingFor: RecordingFor;
  private readonly programs = new Map<number, Program>();

  /** size: side of an image, pixels. */
  constructor(gpu: WebGpu, size: number, recordingFor: RecordingFor) {
    this.gpu = gpu;
    this.constants = new Constants(gpu.device);
    this.frame = new Frame(gpu.device);
    this.size = size;
    this.recordingFor = recordingFor;
  }

  compile(batches: readonly number[], onProgress: OnCompiled): Promise<void> {
    return this.gpu.pipelines.compile(
      batches.flatMap((images) => this.record(images).steps),
      onProgress,
    );
  }

  async run(signal: AbortSignal, pixels: Pixels, length = Number.POSITIVE_INFINITY): Promise<Float32Array[]> {
    if ('shape' in pixels) throw new TypeError('a GPU takes no tensor');
    signal.throwIfAborted();
    const crops = cropsOf(pixels, this.size);
    const images = crops.rois.length;
    const { program, row } = await this.programFor(images);
    while (!this.frame.fits(crops)) await this.frame.make(crops);
    signal.throwIfAborted();
    program.show(this.frame.show(crops, this.size));
    const kept = Math.min(length, row);
    const spans = Array.from({ length: images }, (_, i) => ({ offset: 4 * i * row, length: 4 * kept }));
    const numbers = await program.run(spans);
    signal.throwIfAborted();
    return spans.map((_, i) => numbers.subarray(i * kept, (i + 1) * kept));
  }

  dispose(): void {
    for (const program of this.programs.values()) program.dispose();
    this.frame.dispose();
    this.constants.dispose();
  }

  private record(images: number): Recording {
    return this.recordingFor(images, tilingOf(this.gpu));
  }

  /** The program for a batch size, recorded now or one of the last few, and the numbers per row. */
  private async programFor(images: number): Promise<{ readonly program: Program; readonly row: number }> {
    const program = this.programs.get(images) ?? (await this.newProgram(images));
    this.programs.delete(images); // keeps the most recently used one last
    this.programs.set(images, program);
    for (const [oldest, other] of this.programs) {
      if (this.programs.size <= MAX_PROGRAMS) break;
      other.dispose();
      this.programs.delete(oldest);
    }
    return { program, row: program.resultBytes / 4 / images };
  }

  private async newProgram(images: number): Promise<Program> {
    const recording = this.record(images);
    await this.gpu.pipelines.compile(recording.steps);
    const { gpu, constants } = this;
    const make = () => new Program(gpu, constants, recording, images);
    const program = await withMemory(gpu.device, make, (made) => {
      made?.dispose();
      constants.discard();
    });
    constants.keep();
    return program;
  }
}

/** A sheet's squares as crops. */
function cropsOf(pixels: Sheet | Crops, size: number): Crops {
  if ('rois' in pixels) return pixels;
  const square = (_: unknown, i: number) => ({ cx: size / 2, cy: (i + 0.5) * size, side: size });
  return { image: pixels, rois: Array.from({ length: pixels.height / size }, square), mirrored: false };
}
