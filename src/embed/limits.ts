/** How many at most: all, unless it is a whole number from 0 on. */
export const countOrAll = (count: number): number => (Number.isInteger(count) && count >= 0 ? count : Number.POSITIVE_INFINITY);

const SMOOTHING = 0.7;

/** 0 to 1; the default where it is no number. */
export const smoothingWithin = (amount: number | undefined = SMOOTHING): number =>
  Number.isNaN(amount) ? SMOOTHING : Math.min(1, Math.max(0, amount));
