import { useState } from 'react';
import { ImageBar } from './ImageBar';
import { ImageList } from './ImageList';
import { ImageStage } from './ImageStage';
import { QueueHead } from './QueueHead';
import { Review } from './Review';

/** An open session: the list, the image in the middle with what can be done to it as a whole. */
export function Workspace() {
  const [reviewing, setReviewing] = useState(false);
  return (
    <div className="annotate">
      <section className="queue" aria-label="Images of the session">
        <QueueHead reviewing={reviewing} onReview={setReviewing} />
        <ImageList />
      </section>
      <section className="annotate-main" aria-label="Image">
        {reviewing && <Review onClose={() => setReviewing(false)} />}
        <ImageBar />
        <ImageStage />
      </section>
    </div>
  );
}
