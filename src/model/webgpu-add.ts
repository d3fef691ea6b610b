import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import { getMainHeaderString, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import { computeDispatch, flatDispatchLayout } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_util';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { UP_ADD, type UpAddAttrs, type UpAddInputs } from './add';

/** Four channels at a time. */
const COMPONENTS = 4;

function upAddProgram(outputShape: number[], scale: number, relu: boolean): WebGPUProgram {
  const dispatchLayout = flatDispatchLayout(outputShape);
  const workgroupSize: [number, number, number] = [128, 1, 1];
  return {
    outputShape,
    dispatchLayout,
    workgroupSize,
    dispatch: computeDispatch(dispatchLayout, outputShape, workgroupSize, [COMPONENTS, 1, 1]),
    variableNames: ['big', 'small'],
    variableComponents: [COMPONENTS, COMPONENTS],
    outputComponent: COMPONENTS,
    size: true,
    shaderKey: `posecade_up_add_${scale}_${relu}`,
    getUserCode: () => `
      ${getMainHeaderString('index')} {
        if (index < uniforms.size) {
          let at = getCoordsFromIndex(index * ${COMPONENTS});
          let sum = getBigByOutputIndex(index) + getSmall(at[0], at[1] / ${scale}, at[2] / ${scale}, at[3]);
          setOutputAtIndex(index, ${relu ? 'max(sum, vec4<f32>(0.0))' : 'sum'});
        }
      }
    `,
  };
}

/** big + small (enlarged to its size), then ReLU if asked: see add.ts. */
export const upAddConfig: KernelConfig = {
  kernelName: UP_ADD,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { big, small } = inputs as unknown as UpAddInputs;
    const { relu } = attrs as unknown as UpAddAttrs;
    const scale = (big.shape[1] ?? 0) / (small.shape[1] ?? 1);
    return (backend as WebGPUBackend).runWebGPUProgram(upAddProgram(big.shape, scale, relu), [big, small], 'float32');
  },
};
