import { poseDocument } from '../../app/photo/export';
import { useApp } from '../shell/context';
import { save } from '../shell/save';

/** Takes the poses away as JSON. */
export function Export() {
  const { store } = useApp();
  const text = () => {
    const { photo, people, threshold, engine } = store.getState();
    const model = 'ready' in engine ? engine.ready.model : undefined;
    const poses = people.map(({ result }) => result.pose);
    return photo ? JSON.stringify(poseDocument(photo.name, photo.frame, poses, threshold, model), null, 1) : '';
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text()); // there is no clipboard on plain http
      store.setState({ message: 'Copied as JSON.' });
    } catch {
      store.setState({ message: 'The browser did not allow copying; download it instead.' });
    }
  };
  const download = () => {
    const name = `${(store.getState().photo?.name || 'photo').replace(/\.[^.]*$/, '')}.pose.json`;
    save(name, new Blob([text()], { type: 'application/json' }));
    store.setState({ message: `${name} saved.` });
  };
  return (
    <div className="row">
      <button type="button" onClick={() => void copy()}>
        Copy as JSON
      </button>
      <button type="button" onClick={download}>
        Download JSON
      </button>
    </div>
  );
}
