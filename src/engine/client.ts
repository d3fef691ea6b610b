import { Estimator } from './estimator';
import type { CreateEstimator } from './protocol';

/** Runs the engine in a worker of the page. */
export const createEstimator: CreateEstimator = (signal, options) =>
  Estimator.create(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), signal, options);
