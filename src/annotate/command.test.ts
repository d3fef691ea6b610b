import { expect, it } from 'vitest';
import { type Command, type CommandContext, perform } from './command';
import { EMPTY_DOCUMENT, type ImageDocument } from './document';
import { labelOf, setVisibility } from './edit';
import { IDLE } from './gesture-state';
import { commit, historyOf } from './history';
import { asSuggestion, documentOf, IMAGE, row, withVisibility } from './testing';

const NOSE = 0;
const WRIST = 9;

function context(document: ImageDocument, joint: number | undefined = WRIST, more: Partial<CommandContext> = {}): CommandContext {
  return {
    history: historyOf(document),
    selection: { subject: document.subjects[0]?.id, joint },
    gesture: IDLE,
    image: IMAGE,
    previous: () => undefined,
    threshold: 0.3,
    ...more,
  };
}

const document = documentOf(row(50, 100));

it('nudges the selected joint and announces its new position', () => {
  const { edit, said } = perform({ type: 'nudge', dx: -10, dy: 1 }, context(document));
  expect(edit && labelOf(edit.document, 1, WRIST)).toEqual({ x: 130, y: 101, visibility: 2 });
  expect([edit?.label, said]).toEqual(['left wrist moved', 'Left wrist: visible, at 130, 101.']);
});

it('selects a joint by its number, and asks for a person first if none is selected', () => {
  const command: Command = { type: 'chooseJoint', joint: NOSE };
  expect(perform(command, context(document))).toEqual({
    said: 'Nose: visible, at 50, 100.',
    selection: { subject: 1, joint: NOSE },
  });
  expect(perform(command, context(EMPTY_DOCUMENT))).toEqual({
    said: 'Select a person first, or draw a box around a new one.',
  });
});

it('cycles a joint through visible, hidden and not labelled, then restores its label', () => {
  let { history } = context(document);
  const seen = [2];
  for (let i = 0; i < 3; i += 1) {
    const { edit } = perform({ type: 'visibility' }, context(document, WRIST, { history }));
    if (!edit) throw new Error('nothing was edited');
    history = commit(history, edit.document, edit.label);
    seen.push(labelOf(history.present, 1, WRIST)?.visibility ?? Number.NaN);
  }
  expect(seen).toEqual([2, 1, 0, 2]);
  expect(labelOf(history.present, 1, WRIST)).toEqual(labelOf(document, 1, WRIST));
});

it('labels a joint that never had a label where the draft has it', () => {
  const missing = documentOf(withVisibility(row(50, 100), WRIST, 0));
  const shifted = {
    ...missing,
    subjects: missing.subjects.map((one) => ({ ...one, prediction: document.subjects[0]?.prediction })),
  };
  const { edit } = perform({ type: 'visibility', to: 1 }, context(shifted));
  expect(edit && labelOf(edit.document, 1, WRIST)).toEqual({ x: 140, y: 100, visibility: 1 });
});

it('places a joint: first waits for a click, then, when asked again, puts it at its likely position', () => {
  const missing = setVisibility(document, 1, WRIST, 0);
  const first = perform({ type: 'place' }, context(missing));
  expect(first).toMatchObject({ gesture: { kind: 'placing', subject: 1, joint: WRIST } });
  expect(first.edit).toBeUndefined();
  const { edit, gesture } = perform({ type: 'place' }, context(missing, WRIST, first.gesture ? { gesture: first.gesture } : {}));
  expect(edit && labelOf(edit.document, 1, WRIST)).toEqual({ x: 140, y: 100, visibility: 2 });
  expect(gesture).toEqual(IDLE);
});

it('steps through joints and people, wrapping around, and announces the selected person', () => {
  const next = (joint: number | undefined, by: 1 | -1) => perform({ type: 'stepJoint', by }, context(document, joint)).selection;
  expect(
    perform({ type: 'stepJoint', by: 1 }, { ...context(document), selection: { subject: 1, joint: undefined } }).selection,
  ).toEqual({ subject: 1, joint: 0 });
  expect(next(18, 1)).toEqual({ subject: 1, joint: 0 });
  expect(next(0, -1)).toEqual({ subject: 1, joint: 18 });
  const two = documentOf(row(0, 10), row(0, 90));
  const stepped = perform({ type: 'stepPerson', by: 1 }, context(two));
  expect(stepped).toMatchObject({ selection: { subject: 2, joint: undefined }, said: 'Person 2 of 2.' });
  expect(perform({ type: 'stepPerson', by: -1 }, context(two)).selection?.subject).toBe(2);
});

it('keeps a suggestion and selects it, or dismisses it', () => {
  const doubtful = asSuggestion(documentOf(row(0, 10), row(0, 90)), 2);
  const kept = perform({ type: 'keep' }, context(doubtful));
  expect(kept.edit?.document).toMatchObject({ subjects: [{ id: 1 }, { id: 2 }], suggestions: [] });
  expect(kept).toMatchObject({ said: 'Suggestion kept.', selection: { subject: 2, joint: undefined } });
  const dismissed = perform({ type: 'dismiss', suggestion: 2 }, context(doubtful));
  expect(dismissed.edit?.document).toMatchObject({ subjects: [{ id: 1 }], suggestions: [] });
  expect(dismissed.selection).toBeUndefined();
  expect(perform({ type: 'keep' }, context(document)).said).toMatch(/no suggestions/);
});

it('deletes a person and selects another', () => {
  const { edit, selection } = perform({ type: 'delete' }, context(documentOf(row(0, 10), row(0, 90))));
  expect(edit?.document.subjects.map(({ id }) => id)).toEqual([2]);
  expect(selection).toEqual({ subject: 2, joint: undefined });
});

it('copies the people of the previous image and selects the first of them', () => {
  const { edit, selection } = perform(
    { type: 'copy' },
    context(document, WRIST, { previous: () => documentOf(row(9, 9), row(9, 50)) }),
  );
  expect(edit?.document.subjects).toHaveLength(3);
  expect(selection?.subject).toBe(2);
});

it.each<[Command, string]>([
  [{ type: 'swap' }, 'left wrist and its counterpart swapped'],
  [{ type: 'swapAll' }, 'left and right swapped'],
  [{ type: 'mirror' }, 'left side mirrored onto the other'],
])('%o makes one history entry', (command, label) => {
  expect(perform(command, context(document)).edit?.label).toBe(label);
});

it.each<[Command]>([[{ type: 'reset' }], [{ type: 'resetAll' }]])('%o restores the label from the draft', (command) => {
  const hidden = setVisibility(document, 1, WRIST, 1);
  const { edit } = perform(command, context(hidden));
  expect(edit && labelOf(edit.document, 1, WRIST)).toEqual(labelOf(document, 1, WRIST));
});

const undrafted = { ...document, subjects: document.subjects.map((one) => ({ ...one, prediction: undefined })) };
const no = { subject: 1, joint: undefined };

it.each<[string, Command, CommandContext, RegExp]>([
  ['a joint command without a selected joint', { type: 'swap' }, { ...context(document), selection: no }, /Select a joint first/],
  ['a person command in an empty image', { type: 'swapAll' }, context(EMPTY_DOCUMENT), /Select a person first/],
  ['a step to the next person in an empty image', { type: 'stepPerson', by: 1 }, context(EMPTY_DOCUMENT), /no people/],
  ['a swap of the nose', { type: 'swap' }, context(document, NOSE), /no counterpart/],
  [
    'mirroring from a middle joint',
    { type: 'mirror' },
    context(document, NOSE),
    /^Select a joint on the side that you want to mirror\.$/,
  ],
  [
    'a move of a joint without a label',
    { type: 'nudge', dx: 1, dy: 0 },
    context(setVisibility(document, 1, WRIST, 0)),
    /no label yet/,
  ],
  ['a reset without a draft', { type: 'reset' }, context(undrafted), /no draft/],
  ['a reset of all joints without a draft', { type: 'resetAll' }, context(undrafted), /no draft/],
  ['a copy without a previous image', { type: 'copy' }, context(document), /no people in the previous image/],
])('explains why it cannot perform %s, and changes nothing', (_, command, given, why) => {
  const { said, edit, selection } = perform(command, given);
  expect(said).toMatch(why);
  expect([edit, selection]).toEqual([undefined, undefined]);
});
