import { poseDocument } from '../../app/photo/export';
import { tell } from '../../app/shell/screen';
import { useApp } from '../shell/context';
import { save } from '../shell/save';
import { usePhoto, usePhotoState } from './context';

/** Copies or downloads the people as JSON, once the search has ended. */
export function Export() {
  const { store: app } = useApp();
  const { store } = usePhoto();
  const searching = usePhotoState((state) => state.searched !== undefined);
  const text = () => {
    const { photo, people } = store.getState();
    const { threshold, engine } = app.getState();
    const model = 'ready' in engine ? engine.ready.model : undefined;
    return photo ? JSON.stringify(poseDocument(photo.name, photo.frame, people, threshold, model), null, 1) : '';
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text()); // the clipboard is not available on plain http
      tell(app, 'Copied as JSON.');
    } catch {
      tell(app, 'The browser did not allow copying. Save the file instead.');
    }
  };
  const download = () => {
    const name = `${(store.getState().photo?.name || 'photo').replace(/\.[^.]*$/, '')}.pose.json`;
    save(name, new Blob([text()], { type: 'application/json' }));
    tell(app, `${name} saved.`);
  };
  return (
    <div className="row">
      <button type="button" aria-disabled={searching || undefined} onClick={() => searching || void copy()}>
        Copy as JSON
      </button>
      <button type="button" aria-disabled={searching || undefined} onClick={() => searching || download()}>
        Save JSON
      </button>
    </div>
  );
}
