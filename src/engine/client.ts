import { EngineError } from './error';
import type { CreateEstimator } from './protocol';

/** Not written yet: the page says so, as it would of any browser without a backend. */
export const createEstimator: CreateEstimator = async () => {
  throw new EngineError({ code: 'no-backend', detail: 'the engine is not built yet' });
};
