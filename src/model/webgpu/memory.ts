/**
 * Creates buffers and textures with make(). Rejects with an Error that says so if the device has no memory for them: they are returned all
 * the same, but every command that uses them is dropped, and what is read back is undefined. discard: gets them, or nothing if make() threw.
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
