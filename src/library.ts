/** What every entry of the library exports besides the engine itself: its types and errors, and the geometry of poses. */
export { fitView } from './draw/viewport';
export { type DrawOptions, drawPose } from './embed/draw-pose';
export type { FollowOptions } from './embed/follow';
export type { ImageInput } from './embed/image-input';
export type { NetworkChoice } from './embed/networks';
export type { CreateDetector } from './embed/pose-detection/create';
export { calculators, type MoveNetModelType, movenet, SupportedModels, TrackerType, util } from './embed/pose-detection/names';
export type {
  BoundingBox,
  DetectedPose,
  Keypoint as NamedKeypoint,
  MoveNetEstimationConfig,
  MoveNetModelConfig,
  PoseDetector,
} from './embed/pose-detection/types';
export type {
  Estimate,
  EstimateOptions,
  PoseEstimator,
  PoseEstimatorOptions,
  PoseTracker,
} from './embed/pose-estimator';
export type { FollowedFrame, TrackingOptions } from './embed/tracking';
export { EngineError } from './engine/error';
export type { FollowedPerson } from './engine/follower';
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
export type { Colour } from './pose/torso';
export { SourceError, type SourceErrorCode } from './source/error';
