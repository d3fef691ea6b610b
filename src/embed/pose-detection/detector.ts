import { isGap } from '../../engine/follower';
import { evidence } from '../../pose/everybody';
import { MIN_JOINT_SCORE, type Pose } from '../../pose/pose';
import { boxFromPose, type Size } from '../../pose/roi';
import { COCO_COUNT, JOINT_COUNT, JOINTS } from '../../pose/skeleton';
import type { ImageInput } from '../image-input';
import { countOrAll } from '../limits';
import type { PoseEstimator, PoseTracker } from '../pose-estimator';
import { movenet } from './names';
import type { BoundingBox, DetectedPose, MoveNetEstimationConfig, MoveNetModelConfig, PoseDetector } from './types';

interface Person {
  readonly pose: Pose;
  readonly score: number;
  readonly id?: number;
}

const isVideo = (image: ImageInput): image is HTMLVideoElement =>
  typeof HTMLVideoElement !== 'undefined' && image instanceof HTMLVideoElement;

/** Of the frame that the video shows, milliseconds: in a file, its place, so that a seek is noticed. */
const timeOf = ({ srcObject, currentTime }: HTMLVideoElement) => (srcObject ? performance.now() : 1000 * currentTime);

/** The interface of pose-detection on top of our estimator, which the detector then owns. */
export class Detector implements PoseDetector {
  private readonly estimator: PoseEstimator;
  private readonly config: MoveNetModelConfig;
  private tracker: PoseTracker | undefined;
  /** Time of the previous frame, milliseconds. */
  private time = Number.NEGATIVE_INFINITY;
  /** How long it took, milliseconds. */
  private took = 0;

  constructor(estimator: PoseEstimator, config: MoveNetModelConfig) {
    this.estimator = estimator;
    this.config = config;
  }

  async estimatePoses(
    image: ImageInput | null | undefined,
    { maxPoses, flipHorizontal = false }: MoveNetEstimationConfig = {},
    timestamp?: number,
  ): Promise<DetectedPose[]> {
    if (!image) {
      this.reset();
      return [];
    }
    const { minPoseScore = 0 } = this.config;
    const time = timestamp ?? (isVideo(image) ? timeOf(image) : undefined);
    const { people, ...size } = time === undefined || !this.follows ? await this.inImage(image) : await this.inFrame(image, time);
    return people
      .filter(({ score }) => score >= minPoseScore)
      .slice(0, countOrAll(maxPoses ?? (this.multiple ? people.length : 1)))
      .map((person) => this.detected(person, size, flipHorizontal));
  }

  reset(): void {
    this.tracker = undefined;
    this.time = Number.NEGATIVE_INFINITY;
  }

  dispose(): Promise<void> {
    return this.estimator.dispose();
  }

  private get multiple(): boolean {
    return this.config.modelType === movenet.modelType.MULTIPOSE_LIGHTNING;
  }

  private get tracks(): boolean {
    return this.config.enableTracking ?? this.multiple;
  }

  private get smooths(): boolean {
    return this.config.enableSmoothing ?? true;
  }

  private get follows(): boolean {
    return this.tracks || this.smooths;
  }

  private async inImage(image: ImageInput): Promise<Size & { readonly people: readonly Person[] }> {
    const flipTest = this.config.modelType === movenet.modelType.SINGLEPOSE_THUNDER;
    const { people, width, height } = await this.estimator.estimate(image, { flipTest });
    return { people, width, height };
  }

  /**
   * Time that goes backwards or jumps ahead means another video, or a seek: ids are not used again. On a slow device, a video plays on while a
   * frame is processed; that is no jump. Follower.begin() tolerates a step back, but knows of seeks from elsewhere; here, only the time tells.
   */
  private async inFrame(image: ImageInput, time: number): Promise<Size & { readonly people: readonly Person[] }> {
    if (time < this.time || isGap(time - this.time, this.took)) this.tracker?.restart(time);
    this.time = time;
    this.tracker ??= this.estimator.track({ atOnce: true, ...(!this.smooths && { smoothing: 0 }) });
    const sent = performance.now();
    const { people, width, height } = await this.tracker.next(image, { time });
    this.took = performance.now() - sent;
    const scored = people.map(({ id, pose }) => ({ id, pose, score: evidence(pose) }));
    // A single pose must stay the same person: whoever has been there longest comes first.
    return { people: this.multiple ? scored.sort((a, b) => b.score - a.score) : scored, width, height };
  }

  private detected({ pose, score, id }: Person, size: Size, flip: boolean): DetectedPose {
    const count = this.config.extraKeypoints ? JOINT_COUNT : COCO_COUNT;
    const keypoints = pose.slice(0, count).map((joint, i) => ({
      x: flip ? size.width - joint.x : joint.x,
      y: joint.y,
      score: joint.score,
      name: JOINTS[i] ?? '',
    }));
    const tracked = this.tracks && id !== undefined ? { id } : {};
    return { keypoints, score, box: boxOf(pose, size, flip), ...tracked };
  }
}

/** Box around the joints that are seen (all if none is), in 0..1 of the image and clipped to it. */
function boxOf(pose: Pose, { width, height }: Size, flip: boolean): BoundingBox {
  const box = boxFromPose(pose, MIN_JOINT_SCORE, 1) ?? boxFromPose(pose, 0, 1) ?? { x: 0, y: 0, width: 0, height: 0 };
  const share = (at: number, length: number) => Math.min(1, Math.max(0, at / length));
  const x = flip ? width - box.x - box.width : box.x;
  const [xMin, xMax] = [share(x, width), share(x + box.width, width)];
  const [yMin, yMax] = [share(box.y, height), share(box.y + box.height, height)];
  return { xMin, yMin, xMax, yMax, width: xMax - xMin, height: yMax - yMin };
}
