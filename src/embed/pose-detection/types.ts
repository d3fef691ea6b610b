import type { ImageInput } from '../image-input';
import type { PoseEstimatorOptions } from '../pose-estimator';
import type { MoveNetModelType, TrackerType } from './names';

/** A key point in pixels of the image. */
export interface Keypoint {
  x: number;
  y: number;
  /** The probability that it is there, 0..1. */
  score: number;
  name: string;
}

/** What every key point lies within, 0..1 of the image's width and height. */
export interface BoundingBox {
  xMin: number;
  yMin: number;
  xMax: number;
  yMax: number;
  width: number;
  height: number;
}

export interface DetectedPose {
  /** In COCO's order and names; then neck and head_top, if they are asked for. */
  keypoints: Keypoint[];
  /** How likely somebody is there, 0..1. */
  score: number;
  box: BoundingBox;
  /** Stays theirs through a video; only where people are tracked. */
  id?: number;
}

/** Theirs, and all that createPoseEstimator takes. docs/embed.md says of each what it does here. */
export interface MoveNetModelConfig extends Omit<PoseEstimatorOptions, 'modelUrl'> {
  /** Default: SINGLEPOSE_LIGHTNING, one person. */
  modelType?: MoveNetModelType;
  /** Folder with contract.json and the weights of a network of ours. Default: those in the package. */
  modelUrl?: string | URL | undefined;
  /** Of a video. Default: true. */
  enableSmoothing?: boolean;
  /** Poses that score less are left out, 0..1. Default: 0. */
  minPoseScore?: number;
  /** Whether everybody in a video has an id. Default: true with MULTIPOSE_LIGHTNING. */
  enableTracking?: boolean;
  /** Without effect: the network's input has one size. */
  multiPoseMaxDimension?: number;
  /** Without effect: there is one tracker. */
  trackerType?: TrackerType;
  /** Without effect: the tracker sets itself. */
  trackerConfig?: object;
  /** Whether neck and head_top follow COCO's 17. Default: false. */
  extraKeypoints?: boolean;
}

export interface MoveNetEstimationConfig {
  /** At most so many, the surest. Default: everybody with MULTIPOSE_LIGHTNING, else 1. */
  maxPoses?: number;
  /** Whether x counts from the right, for a mirrored view. Default: false. */
  flipHorizontal?: boolean;
}

export interface PoseDetector {
  /**
   * The people in an image. A video element, or an image with a timestamp, milliseconds, is one of the frames of a video, in which people are
   * followed and smoothed. Rejects with a SourceError or an EngineError. No image: as reset(), and nobody.
   */
  estimatePoses(
    image: ImageInput | null | undefined,
    config?: MoveNetEstimationConfig,
    timestamp?: number,
  ): Promise<DetectedPose[]>;
  /** Forgets whom it followed: another video begins. */
  reset(): void;
  /** Frees the worker and its device. */
  dispose(): Promise<void>;
}
