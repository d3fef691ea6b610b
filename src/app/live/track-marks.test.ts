import { expect, it } from 'vitest';
import { trackMarks } from './track-marks';

it('marks where each person is found first, lost and found again', () => {
  expect(trackMarks([[1], [1, 2], [2], [1, 2]])).toEqual([[['begins']], [['ends'], ['begins']], [[]], [['resumes'], []]]);
});

it('marks both in one frame for somebody who is in that frame only', () => {
  expect(trackMarks([[1], [1, 2], [1]])[1]).toEqual([[], ['begins', 'ends']]);
});

it('marks a gap in which nobody was in view', () => {
  expect(trackMarks([[1], [1], [], [1]])).toEqual([[['begins']], [['ends']], [], [['resumes']]]);
});

it('lets the end of the recording end no track, unless nobody was left before it', () => {
  expect(trackMarks([[1]])).toEqual([[['begins']]]);
  expect(trackMarks([[1], []])).toEqual([[['begins', 'ends']], []]);
});
