import { asideSentence } from '../app/summary';
import { useApp, useAppState } from './context';
import { Inspector } from './inspector/Inspector';
import { JointTable } from './JointTable';
import { Live } from './Live';
import { Numbers } from './Numbers';
import { People } from './People';
import { SampleRow } from './Samples';
import { StageView } from './stage/StageView';
import { Toolbar } from './Toolbar';
import { Welcome } from './Welcome';

/** The screen for one photograph: first a place to drop it, then the photograph with everything the cascade says about it. */
export function PhotoScreen() {
  const { review } = useApp();
  const aside = useAppState(({ photo }) => asideSentence(photo?.others ?? 0));
  const open = useAppState((state) => state.photo !== undefined);
  return (
    <div className="screen">
      <Live onRetry={() => void review.retry()} aside={aside} />
      {open ? (
        <>
          <div className="workspace">
            <section className="workspace-main" aria-label="Photograph">
              <StageView />
              <Toolbar />
              <Numbers />
            </section>
            <div className="workspace-side">
              <People />
              <JointTable />
            </div>
          </div>
          <Inspector />
          <SampleRow />
        </>
      ) : (
        <Welcome />
      )}
    </div>
  );
}
