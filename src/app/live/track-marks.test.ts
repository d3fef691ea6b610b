import { expect, it } from 'vitest';
import { trackMarks } from './track-marks';

it('marks where each person is first found, lost and found again', () => {
  expect(trackMarks([[1], [1, 2], [2], [1, 2]])).toEqual([[['begins']], [['ends'], ['begins']], [[]], [['resumes'], []]]);
});

it('marks both the beginning and the end for somebody who is in one frame only', () => {
  expect(trackMarks([[1], [1, 2], [1]])[1]).toEqual([[], ['begins', 'ends']]);
});

it('marks a gap in which nobody is in view', () => {
  expect(trackMarks([[1], [1], [], [1]])).toEqual([[['begins']], [['ends']], [], [['resumes']]]);
});

it('does not end a track with the recording, unless the last frame is empty', () => {
  expect(trackMarks([[1]])).toEqual([[['begins']]]);
  expect(trackMarks([[1], []])).toEqual([[['begins', 'ends']], []]);
});
