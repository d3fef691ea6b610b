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
export type { FollowedPerson } from './engine/follower';
export { MODELS, type ModelName } from './engine/models';
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
export { coarsePosition, finePosition, type Peak, peak, presence } from './pose/heatmap';
export { type Keypoint, mapPose, type Pose, poseScore, toCocoKeypoints } from './pose/pose';
export { type Box, boxFromPose, roiBox, type Size } from './pose/roi';
export {
  EDGES,
  JOINT_COUNT,
  JOINTS,
  type JointMapping,
  type JointName,
  jointIndex,
  jointLabel,
  MIRROR,
  type Side,
  sideOf,
  TO_COCO17,
  TO_LSP14,
  TO_MPII16,
} from './pose/skeleton';
export {
  type CellPoint,
  type CropPoint,
  cellPoint,
  cellToCrop,
  cropPoint,
  cropToCell,
  cropToImage,
  type ImagePoint,
  imagePoint,
  imageToCrop,
  imageToView,
  type Point,
  type Roi,
  type View,
  type ViewPoint,
  viewPoint,
  viewToImage,
} from './pose/space';
export { SourceError, type SourceErrorCode } from './source/error';
