import { useApp, useAppState } from './context';

/** The screen's live region: what happened last (and what else is to be said of it), or what went wrong and what to do about it. */
export function Announcement({ aside = '' }: { aside?: string }) {
  const { store, retry } = useApp();
  const notice = useAppState((state) => state.notice);
  const message = useAppState((state) => state.message);
  const work = useAppState((state) => state.work);
  return (
    <div className="live" aria-live="polite" data-testid="live">
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
        <p className="message">{work === 'opening' ? 'Opening the photograph…' : [message, aside].join(' ').trim()}</p>
      )}
    </div>
  );
}
