import { Dialog } from '../shell/Dialog';
import { PickButton } from '../shell/PickButton';
import { ACCEPT_LABELS } from './accept';

/** Asks for the labels to compare the drafts with. */
export function CompareDialog({ onPick, onClose }: { onPick(files: readonly File[]): void; onClose(): void }) {
  return (
    <Dialog title="Compare with labels" onClose={onClose}>
      <p>
        Compares what the network drafted in this session with labels that you trust, matched by image name. Choose a file in any
        format that can be imported, or a zip of a dataset. Nothing in the session changes.
      </p>
      <div className="dialog-foot">
        <PickButton className="primary" accept={ACCEPT_LABELS} onPick={onPick}>
          Choose labels
        </PickButton>
      </div>
    </Dialog>
  );
}
