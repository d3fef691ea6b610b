/** What passes between the steps of a program: numbers on the device, four channels at a time. */

/** Memory that a step writes and later ones read. A program gives it a buffer, or part of the life of one. */
export interface Storage {
  readonly name: string;
  readonly bytes: number;
}

/** Square images [images, side, side, channels] of float32 in a storage, row-major; channels are padded to whole vec4s. */
export interface Tensor {
  readonly storage: Storage;
  readonly images: number;
  readonly side: number;
  /** vec4s of a pixel that are the tensor's own: its channels / 4. */
  readonly quads: number;
  /** vec4s from one pixel to the next, and where the first begins: a tensor may be some channels of a wider one. */
  readonly pitch: number;
  readonly offset: number;
}

const BYTES_PER_QUAD = 16;

/** channels: any number; rounded up to a multiple of 4. */
export function tensor(name: string, images: number, side: number, channels: number): Tensor {
  const quads = Math.ceil(channels / 4);
  const bytes = images * side * side * quads * BYTES_PER_QUAD;
  return { storage: { name, bytes }, images, side, quads, pitch: quads, offset: 0 };
}

/** `channels` of a tensor from channel `from` on; both multiples of 4. The storage is shared. */
export function channelsOf(whole: Tensor, from: number, channels: number): Tensor {
  return { ...whole, quads: channels / 4, offset: whole.offset + from / 4 };
}
