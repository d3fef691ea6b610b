import { afterEach, expect, it, vi } from 'vitest';
import type { Detector } from '../../model/detector/detector';
import type { ModelInfo } from '../../model/model-info';
import type { PoseModel } from '../../model/pose-model';
import * as start from '../../model/start';
import { warmUp } from '../../model/warm-up';
import { Pipelines } from '../../model/webgpu/pipelines';
import type { EventMessage } from '../protocol';
import * as networks from './networks';
import { Runtime } from './runtime';

vi.mock('../../model/start');
vi.mock('../../model/warm-up');
vi.mock('./cut');
vi.mock('./networks');

const info: ModelInfo = { name: 'm', input: 192, stages: undefined, parameters: 1, gmac: 2, bytes: 1 };
const model = { info, compile: vi.fn(), run: vi.fn(), dispose: vi.fn() } satisfies PoseModel;
const params = { backend: 'auto', model: { contract: 'x' }, detector: { contract: 'y' } } as const;
const never = new AbortController().signal;
const gpu = { name: 'webgpu', why: 'the browser has it' } as const;
const wasm = { name: 'wasm', why: 'because' } as const;

function setUp(...backends: (start.StartedBackend | Error)[]) {
  const detector = { contract: { input: { size: 256 }, confidence: { person: {} } } } as unknown as Detector;
  vi.mocked(networks.createNetworks).mockResolvedValue({ model, detector });
  for (const backend of backends) {
    if (backend instanceof Error) vi.mocked(start.startBackend).mockRejectedValueOnce(backend);
    else vi.mocked(start.startBackend).mockResolvedValueOnce(backend);
  }
  const events: EventMessage[] = [];
  return { events, create: () => Runtime.create(never, params, (event) => events.push(event)) };
}

afterEach(() => vi.resetAllMocks());

it('reports the backend, why it was chosen, and the model', async () => {
  const { create } = setUp(gpu);
  vi.mocked(warmUp).mockResolvedValue();
  expect((await create()).ready).toMatchObject({
    backend: 'webgpu',
    why: gpu.why,
    model: info,
  });
  expect(start.stopBackend).not.toHaveBeenCalled();
});

it('falls back to WASM if the shaders do not compile', async () => {
  const { create } = setUp(gpu, wasm);
  vi.mocked(warmUp).mockRejectedValueOnce(new Error('no such instruction')).mockResolvedValueOnce();
  expect((await create()).ready.backend).toBe('wasm');
  expect(start.startBackend).toHaveBeenLastCalledWith('wasm', expect.stringContaining('shaders'));
  expect(start.stopBackend).toHaveBeenCalledExactlyOnceWith(gpu);
});

it('falls back to WASM if the GPU has too little memory', async () => {
  const { create } = setUp(gpu, wasm);
  vi.mocked(warmUp).mockRejectedValueOnce(new Error('the GPU is out of memory')).mockResolvedValueOnce();
  expect((await create()).ready.backend).toBe('wasm');
  expect(start.startBackend).toHaveBeenLastCalledWith('wasm', expect.stringContaining('memory'));
});

it('does not take a GPU that is lost while starting for one that cannot run the network', async () => {
  let lose = (_: GPUDeviceLostInfo) => undefined as unknown;
  const lost = new Promise<GPUDeviceLostInfo>((resolve) => (lose = resolve));
  const device = Object.assign(new EventTarget(), { lost }) as unknown as GPUDevice;
  const { create } = setUp({ ...gpu, gpu: { device, pipelines: new Pipelines(device), software: false } });
  vi.mocked(warmUp).mockImplementationOnce(async () => {
    setTimeout(() => lose({ reason: 'unknown', message: 'reset' } as GPUDeviceLostInfo)); // only after the exception
    throw new RangeError('size is too large for the implementation');
  });
  await expect(create()).rejects.toMatchObject({ code: 'device-lost' });
});

it('rejects an aborted image at once, without waiting for a lost device to be reported', async () => {
  const device = Object.assign(new EventTarget(), { lost: new Promise(() => undefined) }) as unknown as GPUDevice;
  const { create } = setUp({ ...gpu, gpu: { device, pipelines: new Pipelines(device), software: false } });
  vi.mocked(warmUp).mockResolvedValue();
  const runtime = await create();
  const timer = vi.spyOn(globalThis, 'setTimeout');
  const bitmap = { close: vi.fn() } as unknown as ImageBitmap;
  const frame = { bitmap, width: 4, height: 4, time: 0 };
  const request = { frame, regions: [{ roi: { cx: 2, cy: 2, side: 4 }, refine: false }], maps: 'none', flipTest: false } as const;
  await expect(runtime.estimate(AbortSignal.abort(), request, () => undefined)).rejects.toThrow('aborted');
  expect(timer).not.toHaveBeenCalled();
  expect(bitmap.close).toHaveBeenCalledOnce();
  timer.mockRestore();
});

it('fails if no backend starts, or none that starts can run', async () => {
  await expect(setUp(new Error('no WebAssembly')).create()).rejects.toMatchObject({ code: 'no-backend' });
  const { create } = setUp(gpu, wasm);
  vi.mocked(warmUp).mockRejectedValue(new Error('not a number'));
  await expect(create()).rejects.toMatchObject({ code: 'no-backend' });
  expect(start.stopBackend).toHaveBeenCalledTimes(2);
});

it('compiles the shaders while the weights load, and stops the backend if loading fails', async () => {
  const webgpu = { ...gpu, gpu: { device: {} as GPUDevice, pipelines: new Pipelines({} as GPUDevice), software: false } };
  const { create } = setUp(webgpu);
  let fail = (_: Error) => undefined as unknown;
  vi.mocked(networks.fetchNetworks).mockReturnValue(new Promise((_, reject) => (fail = reject)));
  vi.mocked(networks.compileNetworks).mockRejectedValue(new Error('no such instruction')); // no longer awaited
  const created = create();
  await vi.waitFor(() => expect(networks.compileNetworks).toHaveBeenCalledOnce());
  expect(start.stopBackend).not.toHaveBeenCalled();
  fail(new Error('offline'));
  await expect(created).rejects.toThrow('offline');
  expect(start.stopBackend).toHaveBeenCalledExactlyOnceWith(webgpu);
});
