import { useState } from 'react';
import { ImageBar } from './ImageBar';
import { ImageList } from './ImageList';
import { ImageStage } from './ImageStage';
import { LabelCheck } from './LabelCheck';
import { ListHead } from './ListHead';
import { SessionBar } from './SessionBar';

/** An open session: the list beside the image in the middle, and what can be done with it and with all of them. */
export function Workspace() {
  const [reviewing, setReviewing] = useState(false);
  return (
    <>
      <SessionBar reviewing={reviewing} onReview={setReviewing} />
      <div className="annotate">
        <section className="queue" aria-label="Images of the session">
          <ListHead />
          <ImageList />
        </section>
        <section className="annotate-main" aria-label="Image">
          {reviewing && <LabelCheck onClose={() => setReviewing(false)} />}
          <ImageBar />
          <ImageStage />
        </section>
      </div>
    </>
  );
}
