import { expect, it } from 'vitest';
import { amend, commit, historyOf, recall, redo, redoable, undo, undoable } from './history';

it('undoes and redoes every entry, and gives its label', () => {
  const history = commit(commit(historyOf('a'), 'b', 'first'), 'c', 'second');
  expect(undoable(history)).toBe('second');
  const back = undo(history);
  expect(back.present).toBe('b');
  expect([undoable(back), redoable(back)]).toEqual(['first', 'second']);
  const start = undo(back);
  expect(start.present).toBe('a');
  expect(undo(start)).toBe(start);
  const forward = redo(redo(start));
  expect(forward.present).toBe('c');
  expect(redo(forward)).toBe(forward);
  expect([undoable(forward), redoable(forward)]).toEqual(['second', undefined]);
});

it('discards what was undone when a new edit is made', () => {
  const history = commit(undo(commit(historyOf('a'), 'b', 'first')), 'c', 'other');
  expect(redoable(history)).toBeUndefined();
  expect(undo(history).present).toBe('a');
});

it('makes no entry for an unchanged value or an amendment', () => {
  const history = commit(historyOf('a'), 'b', 'first');
  expect(commit(history, 'b', 'nothing')).toBe(history);
  expect(undo(amend(history, 'b2')).present).toBe('a');
  expect(redo(undo(amend(history, 'b2'))).present).toBe('b2');
});

it('keeps any number of entries', () => {
  let history = historyOf(0);
  for (let i = 1; i <= 20_000; i += 1) history = commit(history, i, 'one more');
  for (let i = 0; i < 20_000; i += 1) history = undo(history);
  expect(history.present).toBe(0);
  expect(redoable(history)).toBe('one more');
});

it('recalls the newest earlier value that matches', () => {
  const history = [2, 4, 5].reduce((all, value) => commit(all, value, ''), historyOf(1));
  expect(recall(history, (value) => (value % 2 === 0 ? value : undefined))).toBe(4);
  expect(recall(history, (value) => (value > 4 ? value : undefined))).toBeUndefined(); // the present one is not earlier
});
