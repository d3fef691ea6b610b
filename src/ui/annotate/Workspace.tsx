import { ImageBar } from './ImageBar';
import { ImageList } from './ImageList';
import { ImageStage } from './ImageStage';
import { QueueHead } from './QueueHead';
import { SessionBar } from './SessionBar';

/** An open session: the list beside the image in the middle, and what can be done with it and with all of them. */
export function Workspace() {
  return (
    <>
      <SessionBar />
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
    </>
  );
}
