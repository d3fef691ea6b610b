/** The data that passes between the steps of a program: numbers on the device, four channels at a time. */

/** Memory that a step writes and later ones read. A program assigns it a buffer, for part of the buffer's life or all of it. */
export interface Storage {
  readonly name: string;
  readonly bytes: number;
}

/** Where a tensor is stored. */
interface Place {
  readonly storage: Storage;
  /** vec4s from one pixel to the next, and where the first begins: a tensor may be some channels of a wider storage. */
  readonly pitch: number;
  readonly offset: number;
}

/** Square images [images, side, side, channels] of float32, row-major; channels are padded to whole vec4s. */
export interface Tensor {
  readonly images: number;
  readonly side: number;
  readonly channels: number;
  /** vec4s per pixel that belong to the tensor. */
  readonly quads: number;
  /** May change until all steps are recorded. */
  place: Place;
}

const BYTES_PER_QUAD = 16;

/** channels are padded to a multiple of `unit`, itself a multiple of 4. */
export function tensor(name: string, images: number, side: number, channels: number, unit = 4): Tensor {
  const quads = (Math.ceil(channels / unit) * unit) / 4;
  const bytes = images * side * side * quads * BYTES_PER_QUAD;
  return { images, side, channels, quads, place: { storage: { name, bytes }, pitch: quads, offset: 0 } };
}

/** Concatenates the channels of both, which move into one storage, so that nothing is copied. Throws a RangeError for channels that need padding. */
export function joined(first: Tensor, second: Tensor): Tensor {
  const { images, side } = first;
  if (first.channels !== 4 * first.quads || second.images !== images || second.side !== side) {
    throw new RangeError(`${first.place.storage.name} and ${second.place.storage.name} cannot be concatenated`);
  }
  const name = `${first.place.storage.name} | ${second.place.storage.name}`;
  const whole = tensor(name, images, side, 4 * (first.quads + second.quads));
  first.place = whole.place;
  second.place = { ...whole.place, offset: first.quads };
  return { ...whole, channels: first.channels + second.channels };
}
