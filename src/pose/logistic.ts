/** The probability, 0..1, of log-odds: the inverse of log(p / (1 - p)). */
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));
