import { Dialog } from '../shell/Dialog';
import { PickButton } from '../shell/PickButton';

/** Asks for the labels to hold the drafts against. */
export function CompareDialog({ onPick, onClose }: { onPick(files: readonly File[]): void; onClose(): void }) {
  return (
    <Dialog title="Compare with labels" onClose={onClose}>
      <p>
        Holds what the network drafted in this session against labels that you trust, of the same images by their names: a COCO
        file (.json), or a zip of a YOLO-pose data set. Nothing in the session changes.
      </p>
      <div className="dialog-foot">
        <PickButton className="primary" accept=".json,.zip" onPick={onPick}>
          Choose the labels
        </PickButton>
      </div>
    </Dialog>
  );
}
