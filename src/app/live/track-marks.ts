/** What a recording says of a person's track in a frame: begins, found for the first time; resumes, found again; ends, not found in the next frame. */
export type TrackMark = 'begins' | 'resumes' | 'ends';

export interface MarkedFrame {
  /** Of everybody in the frame. */
  readonly ids: readonly number[];
  /** Frames without anybody, which are not recorded, came after it. */
  readonly gapAfter: boolean;
}

/**
 * The marks of each frame's people, in the order of its ids. Frames: in the order of time. The end of a recording ends no track:
 * those in its last frame were still in view.
 */
export function trackMarks(frames: readonly MarkedFrame[]): TrackMark[][][] {
  const known = new Set<number>();
  return frames.map(({ ids, gapAfter }, i) => {
    const before = frames[i - 1];
    const next = frames[i + 1];
    const marks = ids.map((id): TrackMark[] => {
      const goesOn = before !== undefined && !before.gapAfter && before.ids.includes(id);
      const ends = gapAfter || (next !== undefined && !next.ids.includes(id));
      const start: TrackMark[] = goesOn ? [] : [known.has(id) ? 'resumes' : 'begins'];
      return ends ? [...start, 'ends'] : start;
    });
    for (const id of ids) known.add(id);
    return marks;
  });
}
