/**
 * Times each dispatch of an inference by itself, by wrapping the methods that issue it. Uses timestamp queries where the adapter has them
 * (browsers round them to 0.1 ms), else the time from submit to done, which adds some tenths of a millisecond. Import it before anything
 * creates a device.
 */
import { spy } from './spy';

export interface LayerTime {
  readonly name: string;
  /** The fastest of the rounds. */
  readonly ms: number;
}

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly groups: ReadonlyMap<number, GPUBindGroup>;
  readonly workgroups: [number, number, number];
}

const TIMESTAMPS = 'timestamp-query';

interface PassState {
  pipeline?: GPUComputePipeline;
  readonly groups: Map<number, GPUBindGroup>;
}

const current = new WeakMap<GPUComputePassEncoder, PassState>();
const stateOf = (pass: GPUComputePassEncoder): PassState => {
  const state = current.get(pass) ?? { groups: new Map() };
  current.set(pass, state);
  return state;
};
let recorded: Dispatch[] | undefined;

spy(GPUAdapter.prototype, 'requestDevice', (adapter, args) => {
  const [descriptor = {}] = args;
  if (adapter.features.has(TIMESTAMPS))
    args[0] = { ...descriptor, requiredFeatures: [...(descriptor.requiredFeatures ?? []), TIMESTAMPS] };
});
spy(GPUComputePassEncoder.prototype, 'setPipeline', (pass, [pipeline]) => {
  stateOf(pass).pipeline = pipeline;
});
spy(GPUComputePassEncoder.prototype, 'setBindGroup', (pass, [index, group]) => {
  if (group) stateOf(pass).groups.set(index, group);
});
spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', (pass, [x, y = 1, z = 1]) => {
  const { pipeline, groups } = stateOf(pass);
  if (pipeline) recorded?.push({ pipeline, groups: new Map(groups), workgroups: [x, y, z] });
});

/** Times the dispatches of one call of infer, in order. infer must keep the resources that they are bound to. */
export async function timeLayers(device: GPUDevice, infer: () => Promise<unknown>, rounds: number): Promise<LayerTime[]> {
  const dispatches: Dispatch[] = [];
  recorded = dispatches;
  await infer();
  recorded = undefined;
  const clock = device.features.has(TIMESTAMPS) ? timestampClock(device) : submitClock(device);
  const times = dispatches.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [i, dispatch] of dispatches.entries()) times[i]?.push(await clock(dispatch));
  return dispatches.map(({ pipeline, groups }, i) => ({
    name: groups.get(0)?.label || pipeline.label,
    ms: Math.min(...(times[i] ?? [])),
  }));
}

type Clock = (dispatch: Dispatch) => Promise<number>;

function encode(pass: GPUComputePassEncoder, { pipeline, groups, workgroups }: Dispatch): void {
  pass.setPipeline(pipeline);
  for (const [index, group] of groups) pass.setBindGroup(index, group);
  pass.dispatchWorkgroups(...workgroups);
  pass.end();
}

function submitClock(device: GPUDevice): Clock {
  return async (dispatch) => {
    const encoder = device.createCommandEncoder();
    encode(encoder.beginComputePass(), dispatch);
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
}

function timestampClock(device: GPUDevice): Clock {
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 });
  const resolved = device.createBuffer({ size: 16, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const read = device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  return async (dispatch) => {
    const encoder = device.createCommandEncoder();
    const timestampWrites = { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
    encode(encoder.beginComputePass({ timestampWrites }), dispatch);
    encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, read, 0, 16);
    device.queue.submit([encoder.finish()]);
    await read.mapAsync(GPUMapMode.READ);
    const [begin = 0n, end = 0n] = new BigUint64Array(read.getMappedRange().slice(0));
    read.unmap();
    return Number(end - begin) / 1e6;
  };
}
