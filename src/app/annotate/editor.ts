import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Command, describeJoint, perform } from '../../annotate/command';
import { type ImageDocument, labelsFromPose, withNextId } from '../../annotate/document';
import { addSubject, subjectOf, withChanged } from '../../annotate/edit';
import { advance, type GestureEvent } from '../../annotate/gesture';
import { cancel, type Gesture, IDLE, isResting, type Step } from '../../annotate/gesture-state';
import { amend, commit, type History, historyOf, redo, redoable, undo, undoable } from '../../annotate/history';
import type { Choice } from '../../annotate/hit-test';
import { fitView } from '../../draw/viewport';
import type { PersonResult } from '../../engine/protocol';
import type { Box, Size } from '../../pose/roi';
import type { Roi, View } from '../../pose/space';
import { seen, type ViewEvent } from './editor-view';
import { createLooks } from './looks';
import type { ShowStore } from './show';

export interface EditorState {
  readonly history: History<ImageDocument>;
  /** As it is drawn: with what a gesture under way does to it. */
  readonly document: ImageDocument;
  readonly choice: Choice;
  /** The joint under a pointer that rests: its heat-maps are shown before the chosen one's. */
  readonly pointed: Choice | undefined;
  readonly gesture: Gesture;
  readonly view: View;
  /** CSS pixels; nothing is drawn before it is known. */
  readonly canvas: Size;
  /** The whole image is shown, and stays so when the canvas changes. */
  readonly fitted: boolean;
  /** What the cascade said of people in this visit, by their ids: the maps. */
  readonly looks: ReadonlyMap<number, PersonResult>;
  /** How many looks are under way. */
  readonly looking: number;
  /** What happened last, in a sentence. */
  readonly said: string;
}

export type EditorEvent =
  | GestureEvent
  | Command
  | ViewEvent
  | { readonly type: 'point'; readonly at: Choice | undefined }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Asks the cascade again, in the chosen person's box. */
  | { readonly type: 'redraft' };

export interface EditorDeps {
  /** One look of the cascade at a square of the image, with all maps. Rejects with what `report` explains. */
  readonly look: (signal: AbortSignal, roi: Roi) => Promise<PersonResult>;
  /** The image before this one. */
  readonly previous: () => ImageDocument | undefined;
  /** From which score on a draft's joint is labelled. */
  readonly threshold: number;
  readonly show: ShowStore;
  /** Called after every edit, undo and redo; not while a gesture is under way. */
  readonly onChange: (document: ImageDocument) => void;
}

/** Edits one open image. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly show: ShowStore;
  /** Image pixels. */
  readonly size: Size;
  dispatch(event: EditorEvent): void;
  /** Shows a document that comes from elsewhere (a draft that was still being made), and forgets the history. */
  take(document: ImageDocument): void;
  /**
   * Whether its image is the one in the middle. One that is left gives up the gesture under way, but the people that were just drawn are
   * still drafted, and it keeps its history; one that is shown again begins with the whole image.
   */
  setShown(shown: boolean): void;
  /** Gives up the gesture and the looks under way. */
  dispose(): void;
}

/** Nudges of one joint that follow each other as fast as this are one step back. Milliseconds. */
const ONE_NUDGE = 600;

const first = (document: ImageDocument): Choice => ({ subject: document.subjects[0]?.id, joint: undefined });

export function createEditor(opened: ImageDocument, size: Size, deps: EditorDeps): Editor {
  let waiting: (() => void)[] = []; // what came while a gesture was under way
  let nudge: { readonly joint: number | undefined; readonly gave: ImageDocument; readonly until: number } | undefined;

  const atFirst = (document: ImageDocument) => ({
    choice: first(document),
    pointed: undefined,
    view: fitView(size, size),
    canvas: { width: 0, height: 0 },
    fitted: true,
    said: '',
  });
  const store = createStore<EditorState>(() => ({
    history: historyOf(opened),
    document: opened,
    gesture: IDLE,
    looks: new Map(),
    looking: 0,
    ...atFirst(opened),
  }));
  const now = store.getState;
  const looks = createLooks(store, deps);
  const stopListening = deps.show.subscribe(looks.want);
  const say = (said: string) => store.setState({ said });

  /** The choice without what is no longer there. */
  function valid({ subject, joint }: Choice, document: ImageDocument): Choice {
    return subjectOf(document, subject) ? { subject, joint } : first(document);
  }

  function put(history: History<ImageDocument>): void {
    const changed = history.present !== now().history.present;
    const document = history.present;
    store.setState({ history, document, choice: valid(now().choice, document) });
    if (changed) deps.onChange(document);
  }

  function apply({ gesture, document, view, choice, commit: label, box }: Step): void {
    store.setState({ gesture, ...(document && { document }), ...(view && { view, fitted: false }), ...(choice && { choice }) });
    if (label) {
      put(commit(now().history, now().document, label));
      say(`${label.charAt(0).toUpperCase()}${label.slice(1)}.`);
    } else if (choice?.subject !== undefined && choice.joint !== undefined) {
      say(describeJoint(now().document, choice.subject, choice.joint));
    }
    if (box) add(box);
    else if (choice) looks.want();
    if (isResting(now().gesture)) {
      const later = waiting;
      waiting = [];
      for (const action of later) action();
    }
  }

  /** At once, or after the gesture under way: that one goes back to the document before it when it is given up. */
  function whenResting(action: () => void): void {
    if (isResting(now().gesture)) action();
    else waiting.push(action);
  }

  /**
   * Labels a person by the cascade: one that was just added where there is no label yet, another one anew. If nothing was done since
   * `added`, that and this are one step back.
   */
  async function draft(id: number, box: Box, added?: ImageDocument): Promise<void> {
    const result = await looks.look(id, box);
    if (!result) return;
    whenResting(() => {
      const { history } = now();
      const labels = labelsFromPose(result.pose, deps.threshold);
      const drafted = withChanged(history.present, id, (subject) => ({
        ...subject,
        labels: subject.labels.map((label, joint) => (added && label.visibility > 0 ? label : (labels[joint] ?? label))),
        prediction: result.pose,
      }));
      if (drafted === history.present) return; // deleted or undone meanwhile
      put(history.present === added ? amend(history, drafted) : commit(history, drafted, 'person drafted'));
      say(`Person drafted: ${labels.filter(({ visibility }) => visibility > 0).length} of ${labels.length} joints.`);
    });
  }

  function add(box: Box): void {
    const { document, id } = addSubject(now().history.present, box);
    put(commit(now().history, document, 'person added'));
    store.setState({ choice: { subject: id, joint: undefined } });
    say('Person added. The cascade is looking…');
    void draft(id, box, document);
  }

  function command(event: Command): void {
    const { history, choice, gesture } = now();
    const context = { history, choice, gesture, image: size, previous: deps.previous(), threshold: deps.threshold };
    const outcome = perform(event, context);
    store.setState({ gesture: outcome.gesture ?? IDLE });
    if (outcome.edit) {
      const { document, label } = outcome.edit;
      const nudges = event.type === 'nudge';
      const goesOn = nudges && nudge?.gave === history.present && nudge.joint === choice.joint && performance.now() < nudge.until;
      put(goesOn ? amend(history, document) : commit(history, document, label));
      nudge = nudges ? { joint: choice.joint, gave: document, until: performance.now() + ONE_NUDGE } : undefined;
    }
    if (outcome.choice) store.setState({ choice: valid(outcome.choice, now().document) });
    say(outcome.said);
    looks.want();
  }

  function stepBack(by: 'undo' | 'redo'): void {
    const { history } = now();
    const label = by === 'undo' ? undoable(history) : redoable(history);
    nudge = undefined;
    const there = by === 'undo' ? undo(history) : redo(history);
    put({ ...there, present: withNextId(there.present, history.present.nextId) });
    say(label ? `${by === 'undo' ? 'Undone' : 'Redone'}: ${label}.` : `Nothing to ${by}.`);
  }

  function redraft(): void {
    const subject = subjectOf(now().document, now().choice.subject);
    say(subject ? 'The cascade is looking…' : 'Choose a person first.');
    if (subject) void draft(subject.id, subject.box);
  }

  function handle(event: GestureEvent): void {
    const { gesture, document, choice, view, canvas } = now();
    const { boxes } = deps.show.getState();
    if (event.type === 'cancel' && gesture.kind !== 'idle') say('Given up: nothing was changed.');
    const step = advance(gesture, event, { document, view, choice, boxes, image: size, canvas });
    if (step.gesture !== gesture || step.document) apply(step); // a pointer that only passes by changes nothing
  }

  function point(at: Choice | undefined): void {
    const { pointed } = now();
    if (pointed?.subject === at?.subject && pointed?.joint === at?.joint) return;
    store.setState({ pointed: at });
    looks.want();
  }

  /** A command ends what the hand was doing. */
  function obey(event: Exclude<EditorEvent, GestureEvent | ViewEvent | { readonly type: 'point' }>): void {
    if (!isResting(now().gesture)) apply(cancel(now().gesture));
    if (event.type === 'undo' || event.type === 'redo') stepBack(event.type);
    else if (event.type === 'redraft') redraft();
    else command(event);
  }

  function dispatch(event: EditorEvent): void {
    switch (event.type) {
      case 'down':
      case 'move':
      case 'up':
      case 'cancel':
        handle(event);
        break;
      case 'resize':
      case 'zoom':
      case 'fit':
      case 'fitPerson':
        store.setState(seen(event, now(), size));
        break;
      case 'point':
        point(event.at);
        break;
      default:
        obey(event);
    }
  }

  return {
    store,
    show: deps.show,
    size,
    dispatch,
    take: (document) => {
      waiting = []; // drafts of people who are gone
      apply(cancel(now().gesture));
      looks.forget();
      store.setState({ history: historyOf(document), document, choice: valid(now().choice, document) });
    },
    setShown: (shown) => {
      looks.setShown(shown);
      if (shown) store.setState(atFirst(now().document));
      else apply(cancel(now().gesture));
    },
    dispose: () => {
      waiting = [];
      apply(cancel(now().gesture));
      looks.forget();
      stopListening();
    },
  };
}
