import { createPhotoActions } from '../../app/photo/actions';
import type { LoadedScreen, Shell } from '../shell/screens';
import { PhotoContext } from './context';
import { PhotoScreen } from './PhotoScreen';

export function createPhotoScreen({ store, engine, samplesUrl }: Shell): LoadedScreen {
  const photo = createPhotoActions(store, engine, samplesUrl);
  return {
    Component: () => (
      <PhotoContext.Provider value={photo}>
        <PhotoScreen />
      </PhotoContext.Provider>
    ),
    open: (dropped) => void photo.openDropped(dropped),
  };
}
