import { useState } from 'react';
import { ImageBar } from './ImageBar';
import { ImageList } from './ImageList';
import { ImageStage } from './ImageStage';
import { LabelCheck } from './LabelCheck';
import { ListHead } from './ListHead';
import { SessionBar } from './SessionBar';

/** An open session: what can be done with all of it, the list of images, and the current image with its people and joints. */
export function Workspace() {
  const [checking, setChecking] = useState(false);
  return (
    <>
      <SessionBar checking={checking} onCheck={setChecking} />
      <div className="annotate">
        <section className="queue" aria-label="Images of the session">
          <ListHead />
          <ImageList />
        </section>
        <section className="annotate-main" aria-label="Image">
          <div className="editor">
            <div className="image-panel">
              <ImageBar />
              {checking && <LabelCheck onClose={() => setChecking(false)} />}
            </div>
            <ImageStage />
          </div>
        </section>
      </div>
    </>
  );
}
