import type { ImageInput } from '../image-input';
import type { PoseEstimatorOptions } from '../pose-estimator';
import type { MoveNetModelType, TrackerType } from './names';

/** A keypoint in pixels of the image. */
export interface Keypoint {
  x: number;
  y: number;
  /** Probability that it is there, 0..1. */
  score: number;
  name: string;
}

/** Box around the joints that are seen (all if none is), in 0..1 of the image's width and height. */
export interface BoundingBox {
  xMin: number;
  yMin: number;
  xMax: number;
  yMax: number;
  width: number;
  height: number;
}

export interface DetectedPose {
  /** In COCO's order, with COCO's names; then neck and head_top, if requested. */
  keypoints: Keypoint[];
  /** How likely it is that somebody is there, 0..1; in a video the mean score of the joints that are seen, lower if they are few. */
  score: number;
  box: BoundingBox;
  /** Stays the same throughout a video; only if people are tracked. */
  id?: number;
}

/** The options of pose-detection, and all those of createPoseEstimator. docs/embed.md says what each does here. */
export interface MoveNetModelConfig extends Omit<PoseEstimatorOptions, 'modelUrl'> {
  /** Default: SINGLEPOSE_LIGHTNING, one person. */
  modelType?: MoveNetModelType | undefined;
  /** Folder with contract.json and the weights of a posecade network. Default: the one in the package. */
  modelUrl?: string | URL | undefined;
  /** Whether joints are smoothed in a video. Default: true. */
  enableSmoothing?: boolean | undefined;
  /** Poses with a lower score are left out, 0..1. Default: 0. */
  minPoseScore?: number | undefined;
  /** Whether everybody in a video has an id. Default: true with MULTIPOSE_LIGHTNING. */
  enableTracking?: boolean | undefined;
  /** No effect: the network's input has a fixed size. */
  multiPoseMaxDimension?: number | undefined;
  /** No effect: there is only one tracker. */
  trackerType?: TrackerType | undefined;
  /** No effect: the tracker configures itself. */
  trackerConfig?: object | undefined;
  /** Whether neck and head_top follow COCO's 17. Default: false. */
  extraKeypoints?: boolean | undefined;
}

export interface MoveNetEstimationConfig {
  /** Maximum number of poses, highest scores first. Default: everybody with MULTIPOSE_LIGHTNING, else 1. */
  maxPoses?: number | undefined;
  /** Whether x counts from the right, for a mirrored view. Default: false. */
  flipHorizontal?: boolean | undefined;
}

export interface PoseDetector {
  /**
   * Finds the people in an image. A video element, or an image with a timestamp (milliseconds), counts as a frame of a video, in which people
   * are followed and smoothed. Without an image, does what reset() does and finds nobody. Rejects with a SourceError or an EngineError.
   */
  estimatePoses(
    image: ImageInput | null | undefined,
    config?: MoveNetEstimationConfig,
    timestamp?: number,
  ): Promise<DetectedPose[]>;
  /** Forgets the people that it followed, for another video. */
  reset(): void;
  /** Frees the worker and its device. */
  dispose(): Promise<void>;
}
