import { count } from '../../app/shell/format';
import { useAnnotate, useSessionState } from './context';

/** Progress of reading the given files, and a way to cancel; it appears only if that takes a while. */
export function ReadingBar() {
  const annotate = useAnnotate();
  const reading = useSessionState((state) => state.reading);
  if (!reading) return null;
  const { done, total, labels } = reading;
  const progress = labels ? `Read ${done} of ${count(total, 'label file')}` : `Checked ${done} of ${count(total, 'image')}`;
  const text = done === undefined ? 'Reading the files…' : progress;
  return (
    <div className="reading-bar">
      <span>{text}</span>
      <progress aria-label="Files read" max={total || 1} value={done} />
      <button
        type="button"
        onClick={({ currentTarget }) => {
          currentTarget.closest('.screen')?.querySelector<HTMLElement>('.live')?.focus(); // the bar is about to go
          annotate.cancelReading();
        }}
      >
        Cancel
      </button>
    </div>
  );
}
