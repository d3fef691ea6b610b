import { useAppState } from './context';
import { Inspector } from './inspector/Inspector';
import { JointTable } from './JointTable';
import { Live } from './Live';
import { Numbers } from './Numbers';
import { People } from './People';
import { SampleRow } from './Samples';
import { StageView } from './stage/StageView';
import { Toolbar } from './Toolbar';
import { useDropAndPaste } from './useDropAndPaste';
import { Welcome } from './Welcome';

/** The screen for one photograph: first a place to drop it, then the photograph with everything the cascade says about it. */
export function PhotoScreen() {
  const open = useAppState((state) => state.photo !== undefined);
  const dragging = useDropAndPaste();
  return (
    <div className="screen" data-dragging={dragging || undefined}>
      <Live />
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
      {dragging && (
        <div className="veil" aria-hidden="true">
          <p>Drop the photograph anywhere</p>
        </div>
      )}
    </div>
  );
}
