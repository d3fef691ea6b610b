/** The embeddable library: an engine that returns poses, and the geometry for using them. docs/embed.md is its guide. */
import { createPoseEstimator } from './embed/create';
import { type CreateDetector, detectorsOf } from './embed/pose-detection/create';

export * from './library';
export { createPoseEstimator };

/** Replaces createDetector of @tensorflow-models/pose-detection: SupportedModels.MoveNet stands for our network. */
export const createDetector: CreateDetector = detectorsOf(createPoseEstimator);
