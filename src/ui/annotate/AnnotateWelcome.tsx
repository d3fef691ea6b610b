import type { OfferedSession } from '../../app/annotate/state';
import { ago } from '../../app/annotate/words';
import { count } from '../../app/shell/summary';
import { PickButton } from '../shell/PickButton';
import { ACCEPT } from './accept';
import { useAnnotate, useSessionState } from './context';

const STEPS: readonly (readonly [string, string])[] = [
  ['Drop', 'Images, folders or a zip of them. The network drafts one after the other in the background; you need not wait.'],
  ['Correct', 'Drag a joint, swap left and right, hide what is hidden, box another person. Every step can be undone.'],
  ['Take away', 'Accept an image and go on to the next. All is saved in this browser as you go, and is here when you come back.'],
];

/** One kept session: go on with it, or forget it. */
function Kept({ session }: { session: OfferedSession }) {
  const annotate = useAnnotate();
  const saved = `saved ${ago(session.saved, Date.now())}`;
  const what = `your session of ${count(session.count, 'image')}`;
  const which = `${what}, ${saved}`; // there may be another as large
  const forget = () => {
    if (window.confirm(`Delete ${which}, with all labels? This cannot be undone.`)) void annotate.discard(session.id);
  };
  return (
    <li>
      <button type="button" className="primary" aria-label={`Continue ${which}`} onClick={() => void annotate.resume(session.id)}>
        Continue {what}
      </button>
      <span className="hint">
        {session.elsewhere ? 'It is open in another tab.' : `${saved[0]?.toUpperCase()}${saved.slice(1)}.`}
      </span>
      <button type="button" aria-label={`Delete ${which}`} onClick={forget}>
        Delete
      </button>
    </li>
  );
}

/** What is there before a session is open. */
export function AnnotateWelcome() {
  const annotate = useAnnotate();
  const offered = useSessionState((state) => state.offered);
  const opening = useSessionState(({ phase }) => phase === 'opening');
  const take = (files: readonly File[]) => void annotate.openFiles(files);
  return (
    <div className="welcome" aria-busy={opening}>
      {offered.length > 0 && (
        <section className="card" aria-labelledby="kept-title">
          <h2 id="kept-title">Go on where you were</h2>
          <ul className="kept-sessions">
            {offered.map((session) => (
              <Kept key={session.id} session={session} />
            ))}
          </ul>
        </section>
      )}
      <section className="drop" aria-labelledby="annotate-title">
        <h2 id="annotate-title">{offered.length > 0 ? 'Or start a new session' : 'Correct what the network found'}</h2>
        <p>Drop your photographs, correct the joints that the network drafts in them, and take the labels away.</p>
        <div className="row">
          <PickButton className="primary" accept={ACCEPT} many="several" onPick={take}>
            Choose images or a zip
          </PickButton>
          <PickButton className="primary" accept="image/*" many="folder" onPick={take}>
            Choose a folder
          </PickButton>
        </div>
        <p className="hint">or drop them anywhere on this page. Nothing leaves this machine.</p>
        <button type="button" onClick={() => void annotate.openSamples()}>
          Try it with the sample photographs
        </button>
      </section>
      <section aria-labelledby="annotate-how">
        <h2 id="annotate-how">How it goes</h2>
        <ol className="steps">
          {STEPS.map(([title, text]) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
