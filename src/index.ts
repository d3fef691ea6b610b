/** The embeddable library: an engine that answers with poses, and the geometry to use them. docs/embed.md tells how. */
import { createPoseEstimator } from './embed/create';
import { type CreateDetector, detectorsOf } from './embed/pose-detection/create';

export * from './library';
export { createPoseEstimator };

/** In the place of @tensorflow-models/pose-detection's: SupportedModels.MoveNet stands for our network. */
export const createDetector: CreateDetector = detectorsOf(createPoseEstimator);
