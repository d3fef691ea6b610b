import type { Size } from '../pose/roi';
import { ALL_JOINTS, JOINT_COUNT, jointLabel, MIRROR, sideOf } from '../pose/skeleton';
import { type ImagePoint, imagePoint } from '../pose/space';
import type { ImageDocument, Subject, Visibility } from './document';
import {
  copySubjects,
  deleteSubject,
  dismissSuggestion,
  keepSuggestion,
  labelOf,
  likelyPlace,
  moveJoint,
  placeJoint,
  resetJoints,
  setVisibility,
  subjectOf,
  swapJoint,
  swapSides,
} from './edit';
import { type Gesture, IDLE, type Resting } from './gesture-state';
import { type History, recall } from './history';
import type { Selection } from './hit-test';
import { mirrorSide } from './mirror';

/** What can be done to a document besides gestures. dx, dy: image pixels. */
export type Command =
  | { readonly type: 'choose'; readonly subject: number; readonly joint: number | undefined }
  /** A joint of the selected person. */
  | { readonly type: 'chooseJoint'; readonly joint: number }
  | { readonly type: 'stepJoint'; readonly by: 1 | -1 }
  | { readonly type: 'stepPerson'; readonly by: 1 | -1 }
  | { readonly type: 'nudge'; readonly dx: number; readonly dy: number }
  /** Without `to`: the next of visible, hidden, not labelled. */
  | { readonly type: 'visibility'; readonly to?: Visibility }
  | { readonly type: 'place' }
  /** Makes a suggestion a person, or removes it. Without `suggestion`: the first one. */
  | { readonly type: 'keep' | 'dismiss'; readonly suggestion?: number }
  | { readonly type: 'reset' | 'resetAll' | 'swap' | 'swapAll' | 'mirror' | 'add' | 'copy' | 'delete' };

export interface CommandContext {
  readonly history: History<ImageDocument>;
  readonly selection: Selection;
  readonly gesture: Gesture;
  readonly image: Size;
  /** The document of the image before this one, in the order given. */
  readonly previous: () => ImageDocument | undefined;
  /** The score from which a draft's joint is labelled. */
  readonly threshold: number;
}

/** The effect of a command. An absent field leaves things as they are. said: for the live region. */
export interface Outcome {
  readonly said: string;
  readonly selection?: Selection;
  readonly gesture?: Resting;
  /** Makes an entry in the history. */
  readonly edit?: { readonly document: ImageDocument; readonly label: string };
}

const NO_PERSON: Outcome = { said: 'Select a person first, or draw a box around a new one.' };
const NO_JOINT: Outcome = { said: 'Select a joint first: click it or type its number.' };
export const VISIBILITY_WORDS = ['not labelled', 'hidden', 'visible'] as const;

/** A phrase as a sentence. */
export const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** How a joint is announced. */
export function describeJoint(document: ImageDocument, subject: number, joint: number): string {
  const label = labelOf(document, subject, joint);
  const place = label && label.visibility > 0 ? `, at ${label.x.toFixed(0)}, ${label.y.toFixed(0)}` : '';
  return sentence(`${jointLabel(joint)}: ${VISIBILITY_WORDS[label?.visibility ?? 0]}${place}`);
}

/** The outcome of an edit; if nothing changed, only the reason (`idle`). */
function edited(before: ImageDocument, document: ImageDocument, label: string, idle: string): Outcome {
  return document === before ? { said: idle } : { said: sentence(label), edit: { document, label } };
}

function stepJoint(document: ImageDocument, subject: Subject, joint: number | undefined, by: 1 | -1): Outcome {
  const next = joint === undefined ? (by === 1 ? 0 : JOINT_COUNT - 1) : (joint + by + JOINT_COUNT) % JOINT_COUNT;
  return { said: describeJoint(document, subject.id, next), selection: { subject: subject.id, joint: next } };
}

function stepPerson(document: ImageDocument, subject: number | undefined, by: 1 | -1): Outcome {
  const { subjects } = document;
  const now = subjects.findIndex(({ id }) => id === subject);
  const next = (now < 0 ? 0 : now + by + subjects.length) % Math.max(1, subjects.length);
  const chosen = subjects[next];
  if (!chosen) return { said: 'There are no people in this image yet. Draw a box around a person.' };
  return { said: `Person ${next + 1} of ${subjects.length}.`, selection: { subject: chosen.id, joint: undefined } };
}

/** Where to label a joint again: where it was last labelled, else at its likely position. */
function placeFor({ history }: CommandContext, subject: Subject, joint: number): ImagePoint {
  const had = recall(history, (document) => {
    const label = labelOf(document, subject.id, joint);
    return label && label.visibility > 0 ? imagePoint(label.x, label.y) : undefined;
  });
  return had ?? likelyPlace(subject, joint);
}

function visibility(context: CommandContext, subject: Subject, joint: number, to: Visibility | undefined): Outcome {
  const document = context.history.present;
  const now = subject.labels[joint]?.visibility ?? 0;
  const next = to ?? ([2, 0, 1] as const)[now] ?? 0;
  const after =
    now === 0 && next > 0
      ? setVisibility(
          placeJoint(document, subject.id, joint, placeFor(context, subject, joint), context.image),
          subject.id,
          joint,
          next,
        )
      : setVisibility(document, subject.id, joint, next);
  return edited(document, after, `${jointLabel(joint)} ${VISIBILITY_WORDS[next]}`, 'No change.');
}

/** Waits for a click. When asked again, puts the joint where it last was, else at its likely position. */
function place(context: CommandContext, subject: Subject, joint: number): Outcome {
  const document = context.history.present;
  if (context.gesture.kind !== 'placing') {
    const gesture: Resting = { kind: 'placing', subject: subject.id, joint };
    return { said: `Click where the ${jointLabel(joint)} is. Press Escape to cancel.`, gesture };
  }
  const after = placeJoint(document, subject.id, joint, placeFor(context, subject, joint), context.image);
  return { ...edited(document, after, `${jointLabel(joint)} placed`, 'No change.'), gesture: IDLE };
}

function mirror(context: CommandContext, subject: Subject, joint: number | undefined): Outcome {
  const side = joint === undefined ? 'middle' : sideOf(joint);
  if (side === 'middle') return { said: 'Select a joint on the side that you want to mirror.' };
  const document = context.history.present;
  const after = mirrorSide(document, subject.id, side, context.image);
  return edited(document, after, `${side} side mirrored onto the other`, 'No change.');
}

function copy({ history, previous, image }: CommandContext): Outcome {
  const from = previous();
  const document = from ? copySubjects(history.present, from, image) : history.present;
  const first = document.subjects[history.present.subjects.length];
  const nobody = 'There are no people in the previous image to copy.';
  const outcome = edited(history.present, document, 'people copied from the previous image', nobody);
  return first ? { ...outcome, selection: { subject: first.id, joint: undefined } } : outcome;
}

/** Keeps or dismisses a suggestion. */
function decide({ type, suggestion }: Extract<Command, { type: 'keep' | 'dismiss' }>, document: ImageDocument): Outcome {
  const id = suggestion ?? document.suggestions?.[0]?.id;
  if (id === undefined) return { said: 'There are no suggestions in this image.' };
  if (type === 'dismiss') return edited(document, dismissSuggestion(document, id), 'suggestion dismissed', '');
  return {
    ...edited(document, keepSuggestion(document, id), 'suggestion kept', ''),
    selection: { subject: id, joint: undefined },
  };
}

/** What a command does to the selected joint. */
function onJoint(command: Command, context: CommandContext, subject: Subject, joint: number): Outcome {
  const document = context.history.present;
  const name = jointLabel(joint);
  switch (command.type) {
    case 'nudge': {
      const label = subject.labels[joint];
      if (!label || label.visibility === 0) return { said: `The ${name} has no label yet. Place it first.` };
      const to = imagePoint(label.x + command.dx, label.y + command.dy);
      const after = moveJoint(document, subject.id, joint, to, context.image);
      const outcome = edited(document, after, `${name} moved`, 'The joint is at the edge of the image.');
      return outcome.edit ? { ...outcome, said: describeJoint(after, subject.id, joint) } : outcome;
    }
    case 'visibility':
      return visibility(context, subject, joint, command.to);
    case 'place':
      return place(context, subject, joint);
    case 'reset':
      if (!subject.prediction) return { said: 'This person has no draft.' };
      return edited(document, resetJoints(document, subject.id, [joint], context), `${name} reset to the draft`, 'No change.');
    case 'swap':
      if (MIRROR[joint] === joint) return { said: `The ${name} has no counterpart on the other side.` };
      return edited(
        document,
        swapJoint(document, subject.id, joint),
        `${name} and its counterpart swapped`,
        'Neither joint is labelled.',
      );
    default:
      return { said: '' };
  }
}

/** The outcome of a command in its context. */
export function perform(command: Command, context: CommandContext): Outcome {
  const { history, selection } = context;
  const document = history.present;
  if (command.type === 'add')
    return {
      said: 'Drag a box around the person, or move a crosshair with the arrow keys. Press Escape to cancel.',
      gesture: { kind: 'adding' },
    };
  if (command.type === 'copy') return copy(context);
  if (command.type === 'keep' || command.type === 'dismiss') return decide(command, document);
  if (command.type === 'stepPerson') return stepPerson(document, selection.subject, command.by);
  if (command.type === 'choose') {
    const { subject, joint } = command;
    const person = document.subjects.findIndex(({ id }) => id === subject) + 1;
    const said = joint === undefined ? `Person ${person}.` : describeJoint(document, subject, joint);
    return { said, selection: { subject, joint } };
  }
  const subject = subjectOf(document, selection.subject);
  if (!subject) return NO_PERSON;
  switch (command.type) {
    case 'chooseJoint':
      return {
        said: describeJoint(document, subject.id, command.joint),
        selection: { subject: subject.id, joint: command.joint },
      };
    case 'stepJoint':
      return stepJoint(document, subject, selection.joint, command.by);
    case 'swapAll':
      return edited(
        document,
        swapSides(document, subject.id),
        'left and right swapped',
        'No joint with a counterpart is labelled.',
      );
    case 'mirror':
      return mirror(context, subject, selection.joint);
    case 'resetAll':
      if (!subject.prediction) return { said: 'This person has no draft.' };
      return edited(
        document,
        resetJoints(document, subject.id, ALL_JOINTS, context),
        'all joints reset to the draft',
        'No change.',
      );
    case 'delete': {
      const after = deleteSubject(document, subject.id);
      const left = after.subjects.at(-1)?.id;
      return { ...edited(document, after, 'person deleted', ''), selection: { subject: left, joint: undefined } };
    }
    default:
      return selection.joint === undefined ? NO_JOINT : onJoint(command, context, subject, selection.joint);
  }
}
