import type { OnCompiled } from '../network';
import type { Step } from './step';

/** The shaders of a device, compiled once each, whichever networks and batch sizes they serve. */
export class Pipelines {
  private readonly device: GPUDevice;
  private readonly compiling = new Map<string, Promise<void>>();
  private readonly compiled = new Map<string, GPUComputePipeline>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Compiles what is not compiled yet, in parallel. Rejects with the first error of a shader. onProgress: of all that were ever asked for. */
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

  /** Of a step whose shader was compiled before. */
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
