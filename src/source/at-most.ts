/** Passes bytes through, and fails once there are more than stated: an archive that understates its size would fill the memory. */
export function atMost(size: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > size) controller.error(new RangeError(`more than ${size} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
