import { useEffect, useState } from 'react';
import { PHOTO_SHORTCUTS } from '../../app/photo/shortcuts';
import type { HeatChoice, PhotoState } from '../../app/photo/state';
import { asideSentence, INCOMPLETE } from '../../app/shell/format';
import type { Work } from '../../app/shell/store';
import { Announcement } from '../shell/Announcement';
import { useAppState } from '../shell/context';
import { useShortcuts } from '../shell/useShortcuts';
import { usePhoto, usePhotoState } from './context';
import { Inspector } from './inspector/Inspector';
import { JointTable } from './JointTable';
import { People } from './People';
import { PhotoDetails } from './PhotoDetails';
import { SampleRow } from './Samples';
import { Toolbar } from './Toolbar';
import { PhotoViewer } from './viewer/PhotoViewer';
import { Welcome } from './Welcome';

const NEXT_HEAT: Readonly<Record<HeatChoice, HeatChoice>> = { none: 'all', all: 'joint', joint: 'none' };

function usePhotoKeys() {
  const photo = usePhoto();
  /** Does nothing without a photo: the change would not be visible. */
  const withPhoto = (change: (state: PhotoState) => void) => () => {
    const state = photo.store.getState();
    if (state.photo) change(state);
  };
  useShortcuts(PHOTO_SHORTCUTS, {
    'photo.skeleton': withPhoto(({ overlay }) => photo.setOverlay({ skeleton: !overlay.skeleton })),
    'photo.offsets': withPhoto(({ overlay }) => photo.setOverlay({ offsets: !overlay.offsets })),
    'photo.heat': withPhoto(({ overlay }) => photo.setOverlay({ heat: NEXT_HEAT[overlay.heat] })),
    'photo.inspect': withPhoto(({ inspecting }) => photo.setInspecting(!inspecting)),
  });
}

/** What is being done, while there is nothing else to show. */
function busySentence(work: Work, isEmpty: boolean): string {
  if (work === 'opening') return 'Opening the photo…';
  return work === 'estimating' && isEmpty ? 'Searching for people…' : '';
}

/** The screen for one photo: first a place to drop it, then the photo with everything that the cascade finds in it. */
export function PhotoScreen() {
  const photo = usePhoto();
  const aside = usePhotoState(({ photo: open }) =>
    [open?.frame.incomplete ? INCOMPLETE : '', asideSentence(open?.others ?? 0, ': one photo at a time')].join(' ').trim(),
  );
  const isEmpty = usePhotoState(({ people }) => people.length === 0);
  const work = useAppState((state) => state.work);
  const [details, setDetails] = useState(false);
  usePhotoKeys();
  useEffect(() => void photo.enter(), [photo]);
  const open = usePhotoState((state) => state.photo !== undefined);
  return (
    <div className="screen">
      <Announcement aside={aside} busy={busySentence(work, isEmpty)} />
      {open ? (
        <>
          <div className="workspace">
            <section className="workspace-main" aria-label="Photo">
              <PhotoViewer />
              <Toolbar />
            </section>
            <div className="workspace-side">
              <People />
              <JointTable details={details} />
              <PhotoDetails open={details} onToggle={setDetails} />
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
