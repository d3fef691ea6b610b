/**
 * The joints of many frames, saved as JSON or CSV. Coordinates: pixels of the source, unmirrored, pixel-edge (the centre of the
 * first pixel is 0.5). Joints are as they were drawn: smoothed by the setting of that moment.
 */
import { csvField } from '../../annotate/formats/csv';
import { keypoint, type Pose, poseScore } from '../../pose/pose';
import { JOINT_COUNT, JOINTS } from '../../pose/skeleton';
import { type TrackMark, trackMarks } from './track-marks';

/** A person of one frame. */
export interface SeriesPerson {
  /** Stays theirs through the recording, and is nobody else's. */
  readonly id: number;
  readonly pose: Pose;
}

/** A person of a frame that was recorded. */
export interface RecordedPerson extends SeriesPerson {
  readonly track: readonly TrackMark[];
}

export interface SeriesFrame {
  /** Seconds: from the beginning of the file, or from the first frame of the camera. */
  readonly time: number;
  readonly people: readonly RecordedPerson[];
}

export interface SeriesInfo {
  /** The video's file, or 'camera'. */
  readonly source: string;
  /** Of the source, pixels. */
  readonly width: number;
  readonly height: number;
  /** At the first frame, 0..1; 0: the joints are as the network found them. */
  readonly smoothing: number;
  readonly model: string | undefined;
}

/** Nearly an hour at 30 frames a second, and 30 MB for each person in view. */
const MOST_FRAMES = 100_000;

/** Frames of one recording in few bytes; one frame for each time. */
export class Series {
  private readonly frames = new Map<number, ReadonlyMap<number, Float32Array>>();
  /** Times of the frames after which nobody was in view. */
  private readonly gaps = new Set<number>();
  private newest: number | undefined;
  private readonly most: number;

  constructor(most = MOST_FRAMES) {
    this.most = most;
  }

  get count(): number {
    return this.frames.size;
  }

  get full(): boolean {
    return this.frames.size >= this.most;
  }

  /** Takes a frame in, in the place of an earlier one of the same time; nothing when it is full. time: seconds. */
  add(time: number, people: readonly SeriesPerson[]): void {
    if (this.full && !this.frames.has(time)) return;
    const numbers = ({ id, pose }: SeriesPerson) =>
      [id, Float32Array.from(pose.flatMap(({ x, y, score }) => [x, y, score]))] as const;
    this.frames.set(time, new Map(people.map(numbers)));
    this.gaps.delete(time);
    this.newest = time;
  }

  /** Nobody is in view after the frame that was taken in last. */
  nobody(): void {
    if (this.newest !== undefined) this.gaps.add(this.newest);
  }

  /** In the order of time. */
  read(): SeriesFrame[] {
    const frames = [...this.frames].sort(([a], [b]) => a - b);
    const marks = trackMarks(frames.map(([time, people]) => ({ ids: [...people.keys()], gapAfter: this.gaps.has(time) })));
    return frames.map(([time, people], f) => ({
      time,
      people: [...people].map(([id, numbers], p) => ({ id, pose: poseOf(numbers), track: marks[f]?.[p] ?? [] })),
    }));
  }
}

function poseOf(numbers: Float32Array): Pose {
  return Array.from({ length: JOINT_COUNT }, (_, i) => {
    const [x = 0, y = 0, score = 0] = numbers.subarray(3 * i);
    return keypoint(x, y, score);
  });
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const timeOf = (frame: SeriesFrame) => round(frame.time, 4);
const scoreOf = ({ pose }: SeriesPerson) => round(poseScore(pose), 4);
const numbersOf = ({ pose }: SeriesPerson) => pose.flatMap(({ x, y, score }) => [round(x, 2), round(y, 2), round(score, 4)]);

/** The series as an object for JSON. */
export function seriesDocument({ source, width, height, smoothing, model }: SeriesInfo, frames: readonly SeriesFrame[]) {
  return {
    source: { name: source, width, height },
    coordinates: 'pixels of the source, not mirrored; the centre of the first pixel is (0.5, 0.5)',
    time: source === 'camera' ? 'seconds from the first frame' : 'seconds from the beginning of the file',
    people: "everybody in the frame; an id stays with the same person, and is nobody else's",
    track: 'begins: found for the first time; resumes: found again; ends: not found in the next frame',
    keypoints: 'x, y and score of each joint, in the order of joints',
    joints: JOINTS,
    smoothing,
    model: model ?? null,
    frames: frames.map((frame) => ({
      time: timeOf(frame),
      people: frame.people.map((person) => ({
        id: person.id,
        score: scoreOf(person),
        track: person.track,
        keypoints: numbersOf(person),
      })),
    })),
  };
}

/** The series as CSV: a header, then one row per frame and person. Columns: source, time_s, person, score, <joint>_x, <joint>_y, <joint>_score for each joint, and track (marks, with a space between). */
export function seriesCsv({ source }: SeriesInfo, frames: readonly SeriesFrame[]): string {
  const header = [
    'source',
    'time_s',
    'person',
    'score',
    ...JOINTS.flatMap((name) => [`${name}_x`, `${name}_y`, `${name}_score`]),
    'track',
  ];
  const rows = frames.flatMap((frame) =>
    frame.people.map((person) => [
      source,
      timeOf(frame),
      person.id,
      scoreOf(person),
      ...numbersOf(person),
      person.track.join(' '),
    ]),
  );
  return [header, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}
