/**
 * Makes something of buffers and textures. Rejects with an Error that says so if the device has no memory for it: what was made is there all
 * the same, but every command that uses it is dropped, and what is read back is anything. discard: is given that, or nothing where make() threw.
 */
export async function withMemory<T>(device: GPUDevice, make: () => T, discard: (made?: T) => void): Promise<T> {
  device.pushErrorScope('out-of-memory');
  let made: T;
  let error: GPUError | null;
  try {
    made = make();
  } catch (thrown) {
    discard();
    throw thrown;
  } finally {
    error = await device.popErrorScope();
  }
  if (!error) return made;
  discard(made);
  throw new Error(`the GPU is out of memory: ${error.message}`);
}
