/** How the builds write their chunks. */

/** The licences are in a separate file, so the code need not repeat them: TensorFlow.js has one in each of its files. */
export const output = { comments: { legal: false } } as const;

/**
 * Code that a worker's entry shares with its lazy chunks gets its own chunk: WebKit evaluates the entry once more when a chunk imports it, and
 * then every request gets two answers.
 */
export const workerOutput = {
  ...output,
  codeSplitting: {
    groups: [{ name: 'tensorflow', test: /node_modules[\\/](@tensorflow[\\/]tfjs-(core|backend-cpu)|seedrandom|long)[\\/]/ }],
  },
};
