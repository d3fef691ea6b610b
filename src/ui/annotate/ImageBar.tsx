import { verdictOf } from '../../app/annotate/image-record';
import { ANNOTATE_SHORTCUTS } from '../../app/annotate/shortcuts';
import { currentImage } from '../../app/annotate/state';
import { INCOMPLETE } from '../../app/shell/format';
import { useShortcuts } from '../shell/useShortcuts';
import { useAnnotate, useSessionState } from './context';

/** What can be done with the current image as a whole. */
export function ImageBar() {
  const annotate = useAnnotate();
  const image = useSessionState(currentImage);
  const incomplete = useSessionState(({ opened, current }) => opened?.id === current && opened?.frame.incomplete);
  const session = annotate.session();
  const flag = () => image && session?.flag(image.id, verdictOf(image) !== 'flagged');
  useShortcuts(ANNOTATE_SHORTCUTS, {
    'annotate.accept': () => session?.acceptAndNext(),
    'annotate.next': () => session?.step(1),
    'annotate.previous': () => session?.step(-1),
    'annotate.flag': flag,
  });
  if (!image || !session) return null;
  const { id, name, size } = image;
  const verdict = verdictOf(image);
  const remove = () => {
    if (window.confirm(`Remove ${name} and its labels from the session?`)) session.remove(id);
  };
  return (
    <div className="image-bar">
      <div className="image-bar-title">
        <button type="button" aria-label="Previous image" onClick={() => session.step(-1)}>
          ←
        </button>
        <button type="button" aria-label="Next image" onClick={() => session.step(1)}>
          →
        </button>
        <h2 title={name}>{name}</h2>
        {size && (
          <span className="hint">
            {size.width} × {size.height}
          </span>
        )}
      </div>
      {incomplete && <p className="hint">{INCOMPLETE}</p>}
      <div className="image-bar-tools">
        <button type="button" aria-pressed={verdict === 'flagged'} onClick={flag}>
          Flag
        </button>
        <button type="button" onClick={remove}>
          Remove
        </button>
        <button type="button" className="accept" onClick={() => session.acceptAndNext()}>
          {verdict === 'accepted' ? 'Accepted, next' : 'Accept & next'}
        </button>
      </div>
    </div>
  );
}
