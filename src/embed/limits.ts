/** A maximum count: unlimited unless it is a whole number from 0 up. */
export const countOrAll = (count: number): number => (Number.isInteger(count) && count >= 0 ? count : Number.POSITIVE_INFINITY);

const SMOOTHING = 0.7;

/** Clamps to 0..1; the default if it is not a number. */
export const smoothingWithin = (amount: number | undefined = SMOOTHING): number =>
  Number.isNaN(amount) ? SMOOTHING : Math.min(1, Math.max(0, amount));
