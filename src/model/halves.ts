/** float16: a sign, 5 bits of exponent and 10 of fraction. */
function toNumber(half: number): number {
  const [sign, exponent, fraction] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction > 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Little-endian float16s as float32s, which have all their values. A last odd byte is left out. */
export function unpackHalves(bytes: ArrayBuffer): Float32Array<ArrayBuffer> {
  const values = Float32Array.from({ length: 2 ** 16 }, (_, half) => toNumber(half)); // far fewer than a network has
  const view = new DataView(bytes);
  return Float32Array.from({ length: bytes.byteLength >> 1 }, (_, i) => values[view.getUint16(2 * i, true)] ?? 0);
}
