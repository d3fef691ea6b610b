import { type RefObject, useEffect, useRef } from 'react';
import type { Editor } from '../../app/annotate/editor';
import { type EditorEvent, ZOOM } from '../../app/annotate/editor-state';
import { ANNOTATE_SHORTCUTS } from '../../app/annotate/shortcuts';
import type { Show } from '../../app/annotate/show';
import { JOINT_COUNT } from '../../pose/skeleton';
import { type Handler, useShortcuts } from '../shell/useShortcuts';
import { aimStepOf } from '../shell/view-input';

/** Image pixels. */
const STEP = 1;
const STRIDE = 10;
/** A second digit typed within this time belongs to the first. Milliseconds. */
const TWO_DIGITS = 700;

/** The editor's keys. On the image, Tab steps through the joints; it leaves the image after the last one, right after Escape, or if nobody is chosen. */
export function useEditorKeys(editor: Editor, stage: RefObject<HTMLElement | null>): void {
  const leaving = useRef(false);
  const typed = useRef({ digit: 0, until: 0 });

  useEffect(() => {
    const stay = () => {
      leaving.current = false;
    };
    const image = stage.current;
    image?.addEventListener('pointerdown', stay);
    image?.addEventListener('blur', stay);
    return () => {
      image?.removeEventListener('pointerdown', stay);
      image?.removeEventListener('blur', stay);
    };
  }, [stage]);

  const send = (event: EditorEvent) => () => editor.dispatch(event);
  const nudge = (dx: number, dy: number) => () => {
    if (editor.store.getState().gesture.kind !== 'adding') return editor.dispatch({ type: 'nudge', dx, dy });
    stage.current?.focus({ preventScroll: true }); // something else has the focus, but the crosshair's other keys are the image's
    const step = aimStepOf(editor.size) / STEP;
    editor.dispatch({ type: 'step', dx: dx * step, dy: dy * step });
  };
  const toggle = (name: keyof Show) => () => editor.show.setState((show) => ({ [name]: !show[name] }));

  const stepJoint =
    (by: 1 | -1): Handler =>
    (key) => {
      const { subject, joint } = editor.store.getState().selection;
      const over = subject === undefined || joint === (by === 1 ? JOINT_COUNT - 1 : 0);
      if (key.endsWith('Tab') && (document.activeElement !== stage.current || leaving.current || over)) return false;
      return editor.dispatch({ type: 'stepJoint', by });
    };

  const number: Handler = (key) => {
    const { digit, until } = typed.current;
    const now = performance.now();
    const two = now < until ? 10 * digit + Number(key) : 0;
    const chosen = two > 0 && two <= JOINT_COUNT ? two : Number(key);
    typed.current = { digit: Number(key), until: now + TWO_DIGITS };
    if (chosen > 0) editor.dispatch({ type: 'chooseJoint', joint: chosen - 1 });
  };

  const giveUp: Handler = () => {
    const { gesture } = editor.store.getState();
    leaving.current = gesture.kind === 'idle' && document.activeElement === stage.current;
    editor.dispatch({ type: 'cancel' });
  };

  const handlers = {
    'annotate.nextJoint': stepJoint(1),
    'annotate.previousJoint': stepJoint(-1),
    'annotate.number': number,
    'annotate.nextPerson': send({ type: 'stepPerson', by: 1 }),
    'annotate.previousPerson': send({ type: 'stepPerson', by: -1 }),
    'annotate.left': nudge(-STEP, 0),
    'annotate.right': nudge(STEP, 0),
    'annotate.up': nudge(0, -STEP),
    'annotate.down': nudge(0, STEP),
    'annotate.left10': nudge(-STRIDE, 0),
    'annotate.right10': nudge(STRIDE, 0),
    'annotate.up10': nudge(0, -STRIDE),
    'annotate.down10': nudge(0, STRIDE),
    'annotate.visibility': send({ type: 'visibility' }),
    'annotate.place': send({ type: 'place' }),
    'annotate.clear': send({ type: 'visibility', to: 0 }),
    'annotate.reset': send({ type: 'reset' }),
    'annotate.swap': send({ type: 'swap' }),
    'annotate.add': send({ type: 'add' }),
    'annotate.keep': send({ type: 'keep' }),
    'annotate.dismiss': send({ type: 'dismiss' }),
    'annotate.swapAll': send({ type: 'swapAll' }),
    'annotate.mirror': send({ type: 'mirror' }),
    'annotate.redraft': send({ type: 'redraft' }),
    'annotate.resetAll': send({ type: 'resetAll' }),
    'annotate.copy': send({ type: 'copy' }),
    'annotate.delete': send({ type: 'delete' }),
    'annotate.undo': send({ type: 'undo' }),
    'annotate.redo': send({ type: 'redo' }),
    'annotate.fit': send({ type: 'fit' }),
    'annotate.person': send({ type: 'fitPerson' }),
    'annotate.zoomIn': send({ type: 'zoom', factor: ZOOM }),
    'annotate.zoomOut': send({ type: 'zoom', factor: 1 / ZOOM }),
    'annotate.names': toggle('names'),
    'annotate.edges': toggle('edges'),
    'annotate.heat': toggle('heat'),
    'annotate.ghost': toggle('ghost'),
    'annotate.boxes': toggle('boxes'),
  } as const;

  const staying = Object.fromEntries(
    Object.entries(handlers).map(([id, handler]: [string, Handler]) => [
      id,
      (key: string, held: boolean) => {
        const handled = handler(key, held);
        if (handled !== false) leaving.current = false;
        return handled;
      },
    ]),
  );
  useShortcuts(ANNOTATE_SHORTCUTS, { ...staying, 'annotate.cancel': giveUp });
}
