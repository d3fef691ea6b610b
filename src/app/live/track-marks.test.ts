import { expect, it } from 'vitest';
import { trackMarks } from './track-marks';

const frame = (ids: readonly number[], gapAfter = false) => ({ ids, gapAfter });

it('marks where each person is found first, lost and found again', () => {
  expect(trackMarks([frame([1]), frame([1, 2]), frame([2]), frame([1, 2])])).toEqual([
    [['begins']],
    [['ends'], ['begins']],
    [[]],
    [['resumes'], []],
  ]);
});

it('marks both in one frame for somebody who is in that frame only', () => {
  expect(trackMarks([frame([1]), frame([1, 2]), frame([1])])[1]).toEqual([[], ['begins', 'ends']]);
});

it('marks a gap in which nobody was in view, although its frames are not there', () => {
  expect(trackMarks([frame([1]), frame([1], true), frame([1])])).toEqual([[['begins']], [['ends']], [['resumes']]]);
});

it('lets the end of the recording end no track, unless nobody was left before it', () => {
  expect(trackMarks([frame([1])])).toEqual([[['begins']]]);
  expect(trackMarks([frame([1], true)])).toEqual([[['begins', 'ends']]]);
});
