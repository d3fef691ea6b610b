/** How the builds write their chunks. */

/** The licences stand in a file of their own, so the code need not repeat them: TensorFlow.js has one in each of its files. */
export const output = { comments: { legal: false } } as const;

/**
 * What a worker's entry shares with its lazy chunks has a chunk of its own: WebKit evaluates the entry once more when a chunk imports it, and
 * then every request gets two answers.
 */
export const workerOutput = {
  ...output,
  codeSplitting: {
    groups: [{ name: 'tensorflow', test: /node_modules[\\/](@tensorflow[\\/]tfjs-(core|backend-cpu)|seedrandom|long)[\\/]/ }],
  },
};
