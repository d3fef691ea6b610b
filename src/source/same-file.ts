/** How much of two files is compared at a time. Bytes. */
const PIECE = 2 ** 20;

/** Whether both have the same bytes; false if either cannot be read. */
export async function isSameFile(a: () => Promise<Blob>, b: () => Promise<Blob>): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([a(), b()]);
    if (one.size !== other.size) return false;
    for (let from = 0; from < one.size; from += PIECE) {
      const [left, right] = await Promise.all([one, other].map((blob) => blob.slice(from, from + PIECE).arrayBuffer()));
      if (!left || !right || !isSame(new Uint8Array(left), new Uint8Array(right))) return false;
    }
    return true;
  } catch {
    return false;
  }
}

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
