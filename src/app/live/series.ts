/**
 * The joints of many frames, saved as JSON or CSV. Coordinates: pixels of the source, unmirrored, pixel-edge (the centre of the
 * first pixel is 0.5). Joints are as they were drawn: smoothed with the setting at that moment.
 */
import { csvField } from '../../annotate/formats/csv';
import { keypoint, type Pose, poseScore } from '../../pose/pose';
import { JOINT_COUNT, JOINTS } from '../../pose/skeleton';
import { type TrackMark, trackMarks } from './track-marks';

/** A person in one frame. */
export interface SeriesPerson {
  /** Stays the same throughout the recording, and is never given to anybody else. */
  readonly id: number;
  readonly pose: Pose;
}

/** A person in a recorded frame. */
interface RecordedPerson extends SeriesPerson {
  readonly track: readonly TrackMark[];
}

export interface SeriesFrame {
  /** Seconds: from the beginning of the file, or from the first frame of the camera. */
  readonly time: number;
  readonly people: readonly RecordedPerson[];
}

export interface SeriesInfo {
  /** The video's file name, or 'camera'. */
  readonly source: string;
  /** Of the source, pixels. */
  readonly width: number;
  readonly height: number;
  /** At the first frame, 0..1; 0: the joints are as the network found them. */
  readonly smoothing: number;
  readonly model: string | undefined;
  /** The id of the only person recorded; undefined: everybody. */
  readonly followed: number | undefined;
}

/** Nearly an hour at 30 frames a second, and 30 MB for each person in view. */
const MAX_FRAMES = 100_000;

type People = ReadonlyMap<number, Float32Array>;

const NOBODY: People = new Map();

/** Frames of one recording, stored compactly, one per time. Frames without people are not returned: they only tell who has left. */
export class Series {
  private readonly frames = new Map<number, People>();
  /** Number of frames with people. */
  private filled = 0;
  /** Time of the frame added last, and the latest time of all; seconds. */
  private last = Number.NEGATIVE_INFINITY;
  private latest = Number.NEGATIVE_INFINITY;
  private readonly most: number;

  constructor(most = MAX_FRAMES) {
    this.most = most;
  }

  get count(): number {
    return this.filled;
  }

  get full(): boolean {
    return this.filled >= this.most;
  }

  /**
   * Adds a frame, replacing any of the same time; when full, it adds no more frames with people. time: seconds. follows: it was played right
   * after the previous one, and replaces those between them, too: when a video plays again, people have other ids.
   */
  add(time: number, people: readonly SeriesPerson[], follows: boolean): void {
    if (this.full && people.length > 0 && !this.frames.get(time)?.size) return;
    if (follows && this.last < this.latest) this.removeBetween(this.last, time);
    const numbers = ({ id, pose }: SeriesPerson) =>
      [id, Float32Array.from(pose.flatMap(({ x, y, score }) => [x, y, score]))] as const;
    this.remove(time);
    this.frames.set(time, people.length > 0 ? new Map(people.map(numbers)) : NOBODY);
    if (people.length > 0) this.filled += 1;
    this.last = time;
    this.latest = Math.max(this.latest, time);
  }

  private remove(time: number): void {
    if (this.frames.get(time)?.size) this.filled -= 1;
    this.frames.delete(time);
  }

  private removeBetween(from: number, to: number): void {
    for (const time of this.frames.keys()) if (time > from && time < to) this.remove(time);
  }

  /** The frames with people, in time order. */
  read(): SeriesFrame[] {
    const frames = [...this.frames].sort(([a], [b]) => a - b);
    const marks = trackMarks(frames.map(([, people]) => [...people.keys()]));
    const all = frames.map(([time, people], f) => ({
      time,
      people: [...people].map(([id, numbers], p) => ({ id, pose: poseOf(numbers), track: marks[f]?.[p] ?? [] })),
    }));
    return all.filter(({ people }) => people.length > 0);
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
export function seriesDocument(info: SeriesInfo, frames: readonly SeriesFrame[]) {
  const { source, width, height, smoothing, model, followed } = info;
  const whom = followed === undefined ? 'everybody in the frame' : `person ${followed} only, whoever else is in the frame`;
  return {
    source: { name: source, width, height },
    coordinates: 'pixels of the source, not mirrored; the centre of the first pixel is (0.5, 0.5)',
    time: source === 'camera' ? 'seconds from the first frame' : 'seconds from the beginning of the file',
    people: `${whom}; each person keeps one id, which nobody else ever gets`,
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

/** The series as CSV: a header, then one row per frame and person. Columns: source, time_s, person, score, <joint>_x, <joint>_y, <joint>_score for each joint, and track (marks, separated by spaces). */
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
