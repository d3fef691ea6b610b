import { describe, expect, it } from 'vitest';
import { keypoint, type Pose } from '../../pose/pose';
import { JOINT_COUNT, JOINTS } from '../../pose/skeleton';
import { Series, type SeriesInfo, seriesCsv, seriesDocument } from './series';

const info: SeriesInfo = { source: 'a.mp4', width: 640, height: 480, smoothing: 0.7, model: 'cascade', followed: undefined };
const poseAt = (shift: number): Pose =>
  Array.from({ length: JOINT_COUNT }, (_, i) => keypoint(100.126 + shift + i, 200.5 - i, 1 / (i + 1)));

function twoFrames() {
  const series = new Series();
  series.add(
    1 / 30,
    [
      { id: 1, pose: poseAt(5) },
      { id: 3, pose: poseAt(60) },
    ],
    false,
  );
  series.add(0, [{ id: 1, pose: poseAt(0) }], false);
  return series.read();
}

describe('series', () => {
  it('returns the frames added in time order, one per time', () => {
    const series = new Series();
    for (const [time, shift] of [
      [2, 7],
      [1, 3],
      [2, 9],
    ] as const)
      series.add(time, [{ id: 1, pose: poseAt(shift) }], false);
    const frames = series.read();
    expect(frames.map(({ time }) => time)).toEqual([1, 2]);
    frames[1]?.people[0]?.pose.forEach(({ x, y, score }, i) => {
      expect(x).toBeCloseTo(109.126 + i, 3);
      expect(y).toBeCloseTo(200.5 - i, 3);
      expect(score).toBeCloseTo(1 / (i + 1), 6);
    });
  });

  it('replaces the frames of the previous loop when a video plays again, even if the loops skip different frames', () => {
    const series = new Series();
    const play = (id: number, times: readonly number[]) =>
      times.forEach((time, i) => {
        series.add(time, [{ id, pose: poseAt(0) }], i > 0);
      });
    play(1, [0, 2, 4, 6, 8]);
    play(2, [1, 3, 5]);
    expect(series.count).toBe(6);
    const marked = series.read().map(({ time, people }) => [time, ...people.map(({ id, track }) => [id, ...track])]);
    expect(marked).toEqual([
      [0, [1, 'begins', 'ends']],
      [1, [2, 'begins']],
      [3, [2]],
      [5, [2, 'ends']],
      [6, [1, 'resumes']],
      [8, [1]],
    ]);
  });

  it('keeps the frames that a seek or a step skips', () => {
    const series = new Series();
    for (const time of [0, 1, 2, 3]) series.add(time, [{ id: 1, pose: poseAt(0) }], true);
    for (const time of [0, 2]) series.add(time, [{ id: 1, pose: poseAt(0) }], false);
    expect(series.read().map(({ time }) => time)).toEqual([0, 1, 2, 3]);
  });

  it('marks who left in time order, whatever order the frames come in, and omits frames without people', () => {
    const series = new Series();
    const add = (time: number, ...ids: number[]) =>
      series.add(
        time,
        ids.map((id) => ({ id, pose: poseAt(0) })),
        false,
      );
    const marks = () => series.read().map(({ time, people }) => [time, ...people.flatMap(({ track }) => track)]);
    add(5, 1);
    add(4);
    add(3, 1);
    expect(marks()).toEqual([
      [3, 'begins', 'ends'],
      [5, 'resumes'],
    ]);
    add(4, 1); // they were there after all
    add(5);
    expect([marks(), series.count]).toEqual([[[3, 'begins'], [4, 'ends']], 2]); // biome-ignore format: frames
  });

  it('adds no frames beyond its limit, but still replaces them', () => {
    const series = new Series(2);
    for (const time of [0, 1, 2]) series.add(time, [{ id: 1, pose: poseAt(time) }], true);
    expect([series.count, series.full]).toEqual([2, true]);
    series.add(1, [{ id: 1, pose: poseAt(50) }], false);
    expect(series.read().map(({ people }) => Math.round(people[0]?.pose[0]?.x ?? 0))).toEqual([100, 150]);
  });
});

it('describes its numbers in the JSON, and survives a round trip', () => {
  const document = seriesDocument(info, twoFrames());
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document).toMatchObject({ source: { name: 'a.mp4', width: 640, height: 480 }, joints: JOINTS, smoothing: 0.7 });
  expect(document.frames.map(({ time }) => time)).toEqual([0, 0.0333]);
  expect(document.frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[1], [1, 3]]);
  expect(document.frames.map(({ people }) => people.map(({ track }) => track))).toEqual([[['begins']], [[], ['begins']]]);
  expect(document.frames[1]?.people[0]?.keypoints.slice(0, 6)).toEqual([105.13, 200.5, 1, 106.13, 199.5, 0.5]);
  expect(document.time).toContain('beginning of the file');
  expect(document.people).toMatch(/^everybody in the frame;/);
  expect(seriesDocument({ ...info, followed: 3 }, []).people).toMatch(/^person 3 only, whoever else is in the frame;/);
  expect(seriesDocument({ ...info, source: 'camera', model: undefined }, [])).toMatchObject({
    time: 'seconds from the first frame',
    model: null,
    frames: [],
  });
});

it('writes the same numbers as CSV, under a header', () => {
  const frames = twoFrames();
  const [header = '', ...rows] = seriesCsv(info, frames).trimEnd().split('\r\n');
  const columns = header.split(',');
  expect(columns.slice(0, 7)).toEqual(['source', 'time_s', 'person', 'score', 'nose_x', 'nose_y', 'nose_score']);
  expect(columns).toHaveLength(5 + 3 * JOINT_COUNT);
  expect(columns.at(-1)).toBe('track');
  const wanted = seriesDocument(info, frames).frames.flatMap(({ time, people }) =>
    people.map(({ id, score, keypoints, track }) => [time, id, score, ...keypoints, track.join(' ')].map(String)),
  );
  expect(rows.map((row) => row.split(',').slice(1))).toEqual(wanted);
});

it('quotes file names that would break a row, and escapes those that a spreadsheet would evaluate', () => {
  const first = (source: string) =>
    seriesCsv({ ...info, source }, twoFrames())
      .split('\r\n')[1]
      ?.split(',0,')[0];
  expect(first('two, "three".mp4')).toBe('"two, ""three"".mp4"');
  expect(first('=1+1.mp4')).toBe("'=1+1.mp4");
  expect(first('plain.mp4')).toBe('plain.mp4');
});
