import { useAppState } from './context';

/** Messages about the page as a whole: that this browser distorts its results, or that a new version is ready. */
export function PageStatus() {
  const update = useAppState((state) => state.update);
  const warning = useAppState((state) => state.warning);
  return (
    <div role="status">
      {warning && (
        <p className="page-status" data-code={warning.code}>
          <span>
            <strong>{warning.sentence}</strong> {warning.next}
          </span>
        </p>
      )}
      {update && (
        <p className="page-status">
          <span>
            <strong>A new version is ready.</strong> Saved sessions and settings are kept.
          </span>
          <button type="button" onClick={update}>
            Update now
          </button>
        </p>
      )}
    </div>
  );
}
