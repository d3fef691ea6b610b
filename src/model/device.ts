import { adapterOf } from './webgpu/gpu';

/** This browser's adapter, or a clause that says why there is none; as adapterOf(). */
export async function findAdapter(wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  return adapterOf(navigator.gpu, wanted);
}
