/** How a recording marks a person's track in a frame: begins, found for the first time; resumes, found again; ends, not found in the next frame. */
export type TrackMark = 'begins' | 'resumes' | 'ends';

/**
 * frames: the ids of everybody in each frame, in time order. Returns the marks of each frame's people, in the order of its ids. The end of a
 * recording does not end a track: those in its last frame were still in view.
 */
export function trackMarks(frames: readonly (readonly number[])[]): TrackMark[][][] {
  const known = new Set<number>();
  return frames.map((ids, i) => {
    const marks = ids.map((id): TrackMark[] => {
      const goesOn = frames[i - 1]?.includes(id);
      const ends = frames[i + 1]?.includes(id) === false;
      const start: TrackMark[] = goesOn ? [] : [known.has(id) ? 'resumes' : 'begins'];
      return ends ? [...start, 'ends'] : start;
    });
    for (const id of ids) known.add(id);
    return marks;
  });
}
