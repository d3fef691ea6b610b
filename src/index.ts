/** The embeddable library: an engine that answers with poses, and the geometry to use them. docs/embed.md tells how. */
export { fitView } from './draw/viewport';
export { type DrawOptions, drawPose } from './embed/draw-pose';
export type { FollowedFrame, FollowOptions } from './embed/follow';
export type { ImageInput } from './embed/image-input';
export {
  createPoseEstimator,
  type Estimate,
  type EstimateOptions,
  type PoseEstimator,
  type PoseEstimatorOptions,
} from './embed/pose-estimator';
export { EngineError } from './engine/error';
export type { FoundPose } from './engine/follower';
export type {
  Backend,
  EngineErrorCode,
  EngineFailure,
  EstimateResult,
  MapDetail,
  MapGeometry,
  ModelInfo,
  PersonResult,
  Ready,
  Stages,
  Status,
  Step,
} from './engine/protocol';
export * from './pose/heatmap';
export * from './pose/pose';
export * from './pose/roi';
export * from './pose/skeleton';
export * from './pose/space';
export { SourceError, type SourceErrorCode } from './source/error';
