import { useEffect, useState } from 'react';
import type { State } from '../../app/shell/store';
import { useApp, useAppState } from './context';

/** How long what was said stays in sight, wherever one has scrolled to. Milliseconds. */
const FRESH_MS = 5000;

/** Whether a text has changed lately. */
function useFresh(text: string): boolean {
  const [old, setOld] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setOld(text), FRESH_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return text !== '' && text !== old;
}

/** What the photo screen does just now, while there is nothing else to show. */
function workOf({ work, screen, people }: State): string {
  if (screen !== 'photo' || work === 'none') return '';
  if (work === 'opening') return 'Opening the photograph…';
  return people.length === 0 ? 'Looking for people…' : '';
}

/** The screen's live region: what happened last (and what else is to be said of it), or what went wrong and what to do about it. */
export function Announcement({ aside = '' }: { aside?: string }) {
  const { store, retry } = useApp();
  const notice = useAppState((state) => state.notice);
  const message = useAppState((state) => state.message);
  const work = useAppState(workOf);
  const text = work || [message, aside].join(' ').trim();
  const fresh = useFresh(text);
  return (
    <div className="live" data-fresh={fresh || undefined} aria-live="polite" data-testid="live">
      {notice ? (
        <div className="notice" data-code={notice.code}>
          <p>
            <strong>{notice.sentence}</strong> {notice.next}
          </p>
          {notice.remedy === 'retry' && (
            <button type="button" onClick={() => void retry()}>
              Try again
            </button>
          )}
          {notice.remedy === 'reload' && (
            <button type="button" onClick={() => window.location.reload()}>
              Reload the page
            </button>
          )}
          <button
            type="button"
            className="quiet"
            aria-label="Close this message"
            onClick={() => store.setState({ notice: undefined })}
          >
            ×
          </button>
        </div>
      ) : (
        <p className="message">{text}</p>
      )}
    </div>
  );
}
