import type { Finding } from '../../annotate/check';
import type { Annotate } from './annotate';
import type { SessionState } from './state';

/** Shows what a finding is about: opens its image, and selects the person and the first of the joints. */
export function showFinding({ store, session }: Annotate, { image, subject, joints }: Finding): void {
  const choose = ({ opened }: SessionState) => {
    if (opened?.id !== image) return false;
    opened.editor.dispatch({ type: 'choose', subject, joint: joints[0] });
    return true;
  };
  session()?.show(image);
  if (choose(store.getState())) return;
  const stop = store.subscribe((state) => {
    if (choose(state) || state.current !== image) stop();
  });
}
