import { useAppState } from './context';

/** Says that a new version of the page is ready, and changes to it. */
export function NewVersion() {
  const update = useAppState((state) => state.update);
  return (
    <div role="status">
      {update && (
        <p className="new-version">
          <span>
            <strong>A new version is ready.</strong> Saved sessions and settings stay.
          </span>
          <button type="button" onClick={update}>
            Update now
          </button>
        </p>
      )}
    </div>
  );
}
