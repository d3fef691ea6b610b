import { ImageBar } from './ImageBar';
import { ImageList } from './ImageList';
import { ImageStage } from './ImageStage';
import { QueueHead } from './QueueHead';

/** An open session: the list, the image in the middle with what can be done to it as a whole. */
export function Workspace() {
  return (
    <div className="annotate">
      <section className="queue" aria-label="Images of the session">
        <QueueHead />
        <ImageList />
      </section>
      <section className="annotate-main" aria-label="Image">
        <ImageBar />
        <ImageStage />
      </section>
    </div>
  );
}
