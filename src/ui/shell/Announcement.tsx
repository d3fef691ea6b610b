import { useEffect, useState } from 'react';
import type { Notice } from '../../app/shell/report';
import { useApp, useAppState } from './context';

/** How long a new message stays visible, wherever the page is scrolled to. Milliseconds. */
const FRESH_MS = 5000;

/** Moves the focus away from a button of the notice, which disappears with the notice. */
const keepFocus = (button: HTMLElement) => button.closest<HTMLElement>('.live')?.focus();

/** Whether a text changed recently. */
function useFresh(text: string): boolean {
  const [old, setOld] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setOld(text), FRESH_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return text !== '' && text !== old;
}

/** Whether a text has changed with the notice or since: what happened during or after a failure is shown next to it. */
function useIsLater(text: string, notice: Notice | undefined): boolean {
  const [seen, setSeen] = useState({ text, notice, before: text });
  if (seen.notice !== notice) setSeen({ text, notice, before: seen.text });
  else if (seen.text !== text) setSeen({ ...seen, text });
  return text !== '' && text !== (seen.notice === notice ? seen.before : seen.text);
}

/**
 * The screen's live region: what happened last, and what went wrong and what to do about it. aside: text after the message. busy: what is
 * being done, in place of the message.
 */
export function Announcement({ aside = '', busy = '' }: { aside?: string; busy?: string }) {
  const { store, retry } = useApp();
  const notice = useAppState((state) => state.notice);
  const message = useAppState((state) => state.message);
  const said = [message, aside].join(' ').trim();
  const text = busy || said;
  const fresh = useFresh(text);
  const later = useIsLater(said, notice) || busy !== ''; // what was said before the failed attempt is no news after it
  return (
    <div className="live" tabIndex={-1} data-fresh={fresh || undefined} aria-live="polite" data-testid="live">
      {notice && (
        <div className="notice" data-code={notice.code}>
          <p>
            <strong>{notice.sentence}</strong> {notice.next}
          </p>
          {notice.remedy === 'retry' && (
            <button
              type="button"
              onClick={({ currentTarget }) => {
                keepFocus(currentTarget);
                void retry();
              }}
            >
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
            onClick={({ currentTarget }) => {
              keepFocus(currentTarget);
              store.setState({ notice: undefined });
            }}
          >
            ×
          </button>
        </div>
      )}
      {(!notice || later) && <p className="message">{text}</p>}
    </div>
  );
}
