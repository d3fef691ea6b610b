import { useEffect } from 'react';
import type { HeatChoice } from '../../app/shell/store';
import { asideSentence } from '../../app/shell/summary';
import { Announcement } from '../shell/Announcement';
import { useApp, useAppState } from '../shell/context';
import { Numbers } from '../shell/Numbers';
import { useShortcuts } from '../shell/useShortcuts';
import { Inspector } from './inspector/Inspector';
import { JointTable } from './JointTable';
import { People } from './People';
import { SampleRow } from './Samples';
import { Toolbar } from './Toolbar';
import { StageView } from './viewer/StageView';
import { Welcome } from './Welcome';

const NEXT_HEAT: Readonly<Record<HeatChoice, HeatChoice>> = { none: 'all', all: 'joint', joint: 'none' };

function usePhotoKeys() {
  const { store, review } = useApp();
  const overlay = () => store.getState().overlay;
  useShortcuts('photo', {
    'photo.skeleton': () => review.setOverlay({ skeleton: !overlay().skeleton }),
    'photo.offsets': () => review.setOverlay({ offsets: !overlay().offsets }),
    'photo.heat': () => review.setOverlay({ heat: NEXT_HEAT[overlay().heat] }),
    'photo.inspect': () => review.setInspecting(!store.getState().inspecting),
  });
}

/** The screen for one photograph: first a place to drop it, then the photograph with everything the cascade says about it. */
export function PhotoScreen() {
  const { review } = useApp();
  const aside = useAppState(({ photo }) => asideSentence(photo?.others ?? 0, ': one photograph at a time'));
  usePhotoKeys();
  useEffect(() => void review.enter(), [review]);
  const open = useAppState((state) => state.photo !== undefined);
  return (
    <div className="screen">
      <Announcement aside={aside} />
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
