import { type Decimal, decimal, dividedBy, half, minus, shortest, times, toNumber } from './decimal';

/** A pixel coordinate as a share of the image's width or height, so that `fromShare` restores it exactly. */
export function toShare(value: number, side: number): Decimal {
  const exact = decimal(value);
  return shortest(
    value,
    (places) => dividedBy(exact, BigInt(side), places),
    (share) => fromShare(share, side),
  );
}

/** Shares are multiplied exactly and rounded once. */
export function fromShare(share: Decimal, side: number): number {
  return toNumber(times(share, BigInt(side)));
}

/** Start of a box's side from the shares of its centre and its length. */
export function startFromShares(centre: Decimal, length: Decimal, side: number): number {
  return toNumber(times(minus(centre, half(length)), BigInt(side)));
}
