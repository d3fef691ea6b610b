import { imageOf } from '../../app/annotate/images';
import { useApp, useSessionState } from '../context';

/** What can be done with the image in the middle as a whole. */
export function ImageBar() {
  const { annotate } = useApp();
  const image = useSessionState((state) => imageOf(state, state.current));
  const session = annotate.session();
  if (!image || !session) return null;
  const { id, name, verdict, size } = image;
  const toggle = (what: 'accepted' | 'flagged') => session.judge(id, verdict === what ? 'open' : what);
  const remove = () => {
    if (window.confirm(`Remove ${name} from the session, with its labels?`)) session.remove(id);
  };
  return (
    <div className="image-bar">
      <div className="image-bar-title">
        <h2>{name}</h2>
        {size && (
          <span className="hint">
            {size.width} × {size.height}
          </span>
        )}
      </div>
      <div className="row">
        <button type="button" aria-label="Previous image" onClick={() => session.step(-1)}>
          ←
        </button>
        <button type="button" aria-label="Next image" onClick={() => session.step(1)}>
          →
        </button>
        <button type="button" aria-pressed={verdict === 'flagged'} onClick={() => toggle('flagged')}>
          Flag
        </button>
        <button type="button" onClick={remove}>
          Remove
        </button>
        <button type="button" className="accept" onClick={() => session.acceptAndNext()}>
          {verdict === 'accepted' ? 'Accepted, next' : 'Accept and next'}
        </button>
      </div>
    </div>
  );
}
