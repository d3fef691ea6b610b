import type { MouseEvent } from 'react';
import type { OfferedSession } from '../../app/annotate/state';
import { ago } from '../../app/annotate/words';
import { count } from '../../app/shell/format';
import { focusNeighbour } from '../shell/focus-neighbour';
import { PickButton } from '../shell/PickButton';
import { ACCEPT } from './accept';
import { useAnnotate, useSessionState } from './context';

const STEPS: readonly (readonly [string, string])[] = [
  [
    'Drop',
    'Images, folders or a zip of them. The network drafts the images one by one in the background; you can start right away.',
  ],
  [
    'Correct',
    'Drag joints, swap left and right, mark hidden joints, draw boxes around missed people. Every label edit can be undone.',
  ],
  [
    'Export',
    'Accept an image and go on to the next. If the browser allows it, your work is saved as you go. Export the labels in COCO, YOLO or another format.',
  ],
];

/** One saved session: resume it, or delete it. */
function SavedSession({ session }: { session: OfferedSession }) {
  const annotate = useAnnotate();
  const saved = `saved ${ago(session.saved, Date.now())}`;
  const what = `session of ${count(session.count, 'image')}`;
  const which = `${what}, ${saved}`; // there may be another of the same size
  const remove = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    if (!window.confirm(`Delete ${which}, with all labels? This cannot be undone.`)) return;
    focusNeighbour(currentTarget);
    void annotate.discard(session.id);
  };
  return (
    <li>
      <button type="button" className="primary" aria-label={`Resume ${which}`} onClick={() => void annotate.resume(session.id)}>
        Resume {what}
      </button>
      <span className="hint">{session.elsewhere ? 'Open in another tab.' : `${saved[0]?.toUpperCase()}${saved.slice(1)}.`}</span>
      <button type="button" aria-label={`Delete ${which}`} onClick={remove}>
        Delete
      </button>
    </li>
  );
}

/** Shown before a session is open. */
export function AnnotateWelcome() {
  const annotate = useAnnotate();
  const offered = useSessionState((state) => state.offered);
  const keeps = useSessionState((state) => state.keeps);
  const opening = useSessionState(({ phase }) => phase === 'opening');
  const take = (files: readonly File[]) => void annotate.openFiles(files);
  return (
    <div className="welcome" aria-busy={opening}>
      {offered.length > 0 && (
        <section className="card" aria-labelledby="saved-title">
          <h2 id="saved-title">Resume session</h2>
          <ul className="saved-sessions">
            {offered.map((session) => (
              <SavedSession key={session.id} session={session} />
            ))}
          </ul>
        </section>
      )}
      <section className="drop" aria-labelledby="annotate-title">
        <h2 id="annotate-title">{offered.length > 0 ? 'Or start a new session' : 'Annotate images'}</h2>
        <p>Drop your photos, correct the joints that the network drafts in them, and export the labels.</p>
        <div className="row">
          <PickButton className="primary" accept={ACCEPT} many="several" onPick={take}>
            Choose images or a zip
          </PickButton>
          <PickButton className="primary" accept="image/*" many="folder" onPick={take}>
            Choose a folder
          </PickButton>
        </div>
        <p className="hint">or drop them anywhere on this page. Nothing leaves your device.</p>
        {!keeps && (
          <p>
            <strong>This browser does not let this page store anything.</strong> Your session stays in this tab: export it before
            you close it.
          </p>
        )}
        <button type="button" onClick={() => void annotate.openSamples()}>
          Try the sample photos
        </button>
      </section>
      <section aria-labelledby="annotate-how">
        <h2 id="annotate-how">How it works</h2>
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
