/**
 * Exact decimal numbers, for formats that write coordinates as shares of the image's size: `x / width` is rounded, and multiplying it again
 * seldom gives x back, even with all the digits of a double. So shares are computed with whole numbers, to as many digits as are needed.
 */
export interface Decimal {
  /** The number is digits / 10 ** places. */
  readonly digits: bigint;
  readonly places: number;
}

const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a decimal number as it is written; undefined if the text is not one. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return scaled(digits, fraction.length - Number(exponent));
}

/** The shortest decimal that reads as this finite number. */
export function decimal(value: number): Decimal {
  return parseDecimal(String(value)) ?? { digits: 0n, places: 0 };
}

/** The nearest double. */
export function toNumber({ digits, places }: Decimal): number {
  return Number(`${digits}e${-places}`) + 0; // no negative zero
}

const scaled = (digits: bigint, places: number): Decimal =>
  places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };

const withPlaces = (a: Decimal, places: number): bigint => a.digits * 10n ** BigInt(places - a.places);

export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: withPlaces(a, places) + withPlaces(b, places), places };
}

export const times = (a: Decimal, factor: bigint): Decimal => ({ digits: a.digits * factor, places: a.places });
export const minus = (a: Decimal, b: Decimal): Decimal => plus(a, times(b, -1n));
export const half = (a: Decimal): Decimal => ({ digits: a.digits * 5n, places: a.places + 1 });

/** a / divisor, rounded to `places` places (halves away from zero). */
export function dividedBy(a: Decimal, divisor: bigint, places: number): Decimal {
  const above = a.digits * 10n ** BigInt(Math.max(0, places - a.places));
  const below = divisor * 10n ** BigInt(Math.max(0, a.places - places));
  return { digits: (2n * above + (above < 0n ? -below : below)) / (2n * below), places };
}

/** Plain digits, without an exponent and without zeros at the end: '0.25'. */
export function writeDecimal({ digits, places }: Decimal): string {
  const plain = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const whole = plain.slice(0, plain.length - places);
  const fraction = plain.slice(plain.length - places).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** Numbers of places that are tried: six are what other tools write; a double's neighbours differ in the 17th digit at the latest. */
const PLACES = [6, 12, 15, 16, 17, 18, 19, 20, 21, 22, 24, 28, 36, 60, 120, 350];

/** The shortest of `make(places)` that `read` converts back to exactly `value`. */
export function shortest(value: number, make: (places: number) => Decimal, read: (made: Decimal) => number): Decimal {
  for (const places of PLACES) {
    const made = make(places);
    if (read(made) === value) return made;
  }
  throw new RangeError(`${value} cannot be written as a share`);
}
