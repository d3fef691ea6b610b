import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Command, describeJoint, perform, sentence } from '../../annotate/command';
import { type ImageDocument, type Label, labelsFromPose, type Subject, withNextId } from '../../annotate/document';
import { DRAFT_THRESHOLD } from '../../annotate/draft';
import { addSubject, subjectOf, withChanged } from '../../annotate/edit';
import { advance, type GestureEvent } from '../../annotate/gesture';
import { cancel, type GestureStep, IDLE, isResting } from '../../annotate/gesture-state';
import { amend, commit, type History, redo, redoable, undo, undoable } from '../../annotate/history';
import type { Selection } from '../../annotate/hit-test';
import type { Pose } from '../../pose/pose';
import type { Box, Size } from '../../pose/roi';
import { type EditorEvent, type EditorState, firstSelection, freshEditor, freshVisit, type ViewEvent } from './editor-state';
import { changeView } from './editor-view';
import { createPersonPasses, type InferPerson } from './person-passes';
import type { ShowStore } from './show';

/** The labels that an editor works on, with their history; they belong to the image record. */
interface EditedLabels {
  get(): History<ImageDocument>;
  /** Called after every edit, undo and redo; never during a gesture. */
  set(history: History<ImageDocument>): void;
  /** Called when the network begins to look for a person's joints: what was accepted before is not what will be there. */
  onDraft(): void;
}

export interface EditorParts {
  readonly labels: EditedLabels;
  /** Image pixels. */
  readonly size: Size;
  readonly show: ShowStore;
  readonly infer: InferPerson;
  /** The labels of the image before this one, in the order given. */
  readonly previous: () => ImageDocument | undefined;
}

/** Edits one open image. */
export interface Editor {
  readonly store: StoreApi<EditorState>;
  readonly show: ShowStore;
  /** Image pixels. */
  readonly size: Size;
  /** Whether a person's joints are being found: there is nothing to accept until they are there. */
  readonly isDrafting: boolean;
  dispatch(event: EditorEvent): void;
  /** Shows labels that were replaced outside this editor, by a draft or an import. Drafts in flight for the previous people are cancelled. */
  follow(): void;
  /**
   * Whether its image is the current one. Leaving it cancels the gesture in progress, but people who were just drawn are still drafted;
   * showing it again starts with the whole image in view.
   */
  setShown(shown: boolean): void;
  /** Cancels the gesture in progress and the passes in flight. */
  dispose(): void;
}

/** Nudges of one joint that follow each other within this time form a single undo step. Milliseconds. */
const ONE_NUDGE = 600;

/** The selection, or the initial one if its person no longer exists. */
const validSelection = ({ subject, joint }: Selection, document: ImageDocument): Selection =>
  subjectOf(document, subject) ? { subject, joint } : firstSelection(document);

export function createEditor({ labels, size, show, infer, previous }: EditorParts): Editor {
  let known = labels.get(); // to tell this editor's edits from labels replaced elsewhere
  let waiting: (() => void)[] = []; // actions deferred until the gesture in progress ends
  /** Each person's labels when a draft was last requested or arrived: any that differ now have been set by hand since. */
  const untouched = new Map<number, readonly Label[]>();
  let drafts = new Set<symbol>(); // in flight, or waiting for the end of a gesture
  let nudge: { readonly joint: number | undefined; readonly gave: ImageDocument; readonly until: number } | undefined;

  const store = createStore<EditorState>(() => freshEditor(known.present, size));
  const now = store.getState;
  const passes = createPersonPasses(store, show, infer);
  const stopListening = show.subscribe(passes.wantMaps);
  const say = (said: string) => store.setState({ said });

  function put(history: History<ImageDocument>): void {
    const document = history.present;
    if (document !== labels.get().present) {
      known = history;
      labels.set(history);
    }
    store.setState({ document, selection: validSelection(now().selection, document) });
  }

  function whenResting(action: () => void): void {
    if (isResting(now().gesture)) action();
    else waiting.push(action);
  }

  /** Labels a person with the network, except for joints set by hand in the meantime. */
  async function draft({ id, box, labels: before }: Subject, added?: ImageDocument): Promise<void> {
    const mine = Symbol(`person ${id}`);
    untouched.set(id, before);
    drafts.add(mine);
    labels.onDraft();
    const result = await passes.run(id, box);
    whenResting(() => {
      drafts.delete(mine);
      if (result) take(id, result.pose, added);
    });
  }

  /** If nothing has changed since `added`, one undo reverts the draft and the person who was added. */
  function take(id: number, pose: Pose, added: ImageDocument | undefined): void {
    const history = labels.get();
    const proposed = labelsFromPose(pose, DRAFT_THRESHOLD, size);
    const known = untouched.get(id);
    const drafted = withChanged(history.present, id, (subject) => ({
      ...subject,
      labels: subject.labels.map((label, joint) => (label === known?.[joint] ? (proposed[joint] ?? label) : label)),
      prediction: pose,
    }));
    if (drafted === history.present) return; // deleted or undone meanwhile
    untouched.set(id, proposed);
    put(history.present === added ? amend(history, drafted) : commit(history, drafted, 'person drafted'));
    say(`Person drafted: ${proposed.filter(({ visibility }) => visibility > 0).length} of ${proposed.length} joints.`);
  }

  function add(box: Box): void {
    const { document, id } = addSubject(labels.get().present, box);
    put(commit(labels.get(), document, 'person added'));
    store.setState({ selection: { subject: id, joint: undefined } });
    say('Person added. Finding the joints…');
    const subject = subjectOf(document, id);
    if (subject) void draft(subject, document);
  }

  /** Applies a step of a gesture; the end of the gesture becomes an edit. */
  function apply({ gesture, document, view, selection, commit: label, box, said }: GestureStep): void {
    store.setState({
      gesture,
      ...(document && { document }),
      ...(view && { view, fitted: false }),
      ...(selection && { selection }),
    });
    if (label) {
      put(commit(labels.get(), now().document, label));
      say(sentence(label));
    } else if (said) say(said);
    else if (selection?.subject !== undefined && selection.joint !== undefined) {
      say(describeJoint(now().document, selection.subject, selection.joint));
    }
    if (box) add(box);
    else if (selection) passes.wantMaps();
    if (isResting(now().gesture)) {
      const later = waiting;
      waiting = [];
      for (const action of later) action();
    }
  }

  function command(event: Command): void {
    const { selection, gesture } = now();
    const history = labels.get();
    const context = { history, selection, gesture, image: size, previous, threshold: DRAFT_THRESHOLD };
    const outcome = perform(event, context);
    store.setState({ gesture: outcome.gesture ?? IDLE });
    if (outcome.edit) {
      const { document, label } = outcome.edit;
      const nudges = event.type === 'nudge';
      const goesOn =
        nudges && nudge?.gave === history.present && nudge.joint === selection.joint && performance.now() < nudge.until;
      put(goesOn ? amend(history, document) : commit(history, document, label));
      nudge = nudges ? { joint: selection.joint, gave: document, until: performance.now() + ONE_NUDGE } : undefined;
    }
    if (outcome.selection) store.setState({ selection: validSelection(outcome.selection, now().document) });
    say(outcome.said);
    passes.wantMaps();
  }

  function stepBack(by: 'undo' | 'redo'): void {
    const history = labels.get();
    const label = by === 'undo' ? undoable(history) : redoable(history);
    nudge = undefined;
    const there = by === 'undo' ? undo(history) : redo(history);
    put({ ...there, present: withNextId(there.present, history.present.nextId) });
    const { gesture, document } = now();
    if (gesture.kind === 'placing' && !subjectOf(document, gesture.subject)) store.setState({ gesture: IDLE });
    say(label ? `${by === 'undo' ? 'Undone' : 'Redone'}: ${label}.` : `Nothing to ${by}.`);
  }

  function redraft(): void {
    const subject = subjectOf(now().document, now().selection.subject);
    say(subject ? 'Finding the joints…' : 'Select a person first.');
    if (subject) void draft(subject);
  }

  function handle(event: GestureEvent): void {
    const { gesture, document, selection, view, canvas } = now();
    const { boxes } = show.getState();
    if (event.type === 'cancel' && gesture.kind !== 'idle') say('Cancelled. Nothing was changed.');
    const step = advance(gesture, event, { document, view, selection, boxes, image: size, canvas });
    if (step.gesture !== gesture || step.document || step.said) apply(step); // a pointer that only passes by changes nothing
  }

  function point(at: Selection | undefined): void {
    const { pointed } = now();
    if (pointed?.subject === at?.subject && pointed?.joint === at?.joint) return;
    store.setState({ pointed: at });
    passes.wantMaps();
  }

  /** A command cancels the gesture in progress. */
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
      case 'step':
      case 'corner':
      case 'accept':
        handle(event);
        break;
      case 'resize':
      case 'zoom':
      case 'fit':
      case 'fitPerson':
        store.setState(changeView(event, now(), size));
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
    show,
    size,
    get isDrafting() {
      return drafts.size > 0;
    },
    dispatch,
    follow: () => {
      if (labels.get() === known) return;
      known = labels.get();
      [waiting, drafts] = [[], new Set()]; // drafts for people who no longer exist
      if (now().gesture.kind !== 'adding') apply(cancel(now().gesture)); // adding a person does not depend on who was there before
      passes.cancel();
      store.setState({ document: known.present, selection: validSelection(now().selection, known.present) });
    },
    setShown: (shown) => {
      passes.setShown(shown);
      if (shown) store.setState(freshVisit(now().document, size));
      else apply(cancel(now().gesture));
    },
    dispose: () => {
      waiting = [];
      apply(cancel(now().gesture));
      passes.cancel();
      stopListening();
    },
  };
}
