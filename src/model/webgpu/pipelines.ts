import type { OnCompiled } from '../network';
import type { Step } from './step';

/** The shaders of a device, each compiled once, whichever networks and batch sizes use it. */
export class Pipelines {
  private readonly device: GPUDevice;
  private readonly compiling = new Map<string, Promise<void>>();
  private readonly compiled = new Map<string, GPUComputePipeline>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Compiles, in parallel, the shaders that are not compiled yet. Rejects with the first shader's error. onProgress: counts all ever requested. */
  async compile(steps: readonly Step[], onProgress: OnCompiled = () => undefined): Promise<void> {
    const tell = () => onProgress(this.compiled.size, this.compiling.size);
    const compiling = [...new Set(steps.map(({ code }) => code))].map((code) => {
      const one = this.compiling.get(code) ?? this.compileOne(code);
      this.compiling.set(code, one);
      return one.then(tell);
    });
    tell();
    await Promise.all(compiling);
  }

  /** The pipeline of a step whose shader is already compiled. */
  of({ name, code }: Step): GPUComputePipeline {
    const pipeline = this.compiled.get(code);
    if (!pipeline) throw new Error(`${name} is not compiled`);
    return pipeline;
  }

  private async compileOne(code: string): Promise<void> {
    const module = this.device.createShaderModule({ code });
    const descriptor = { layout: 'auto', compute: { module, entryPoint: 'main' } } as const;
    this.compiled.set(code, await this.device.createComputePipelineAsync(descriptor));
  }
}
