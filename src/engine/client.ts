import { Estimator } from './estimator';
import type { CreateEstimator } from './protocol';

/** The engine in a worker of the page's own. */
export const createEstimator: CreateEstimator = (signal, options) =>
  Estimator.create(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), signal, options);
