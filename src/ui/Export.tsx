import { poseDocument } from '../app/export';
import { useApp } from './context';

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
    const address = URL.createObjectURL(new Blob([text()], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${(store.getState().photo?.name || 'photo').replace(/\.[^.]*$/, '')}.pose.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000); // Safari reads it after the click has returned
    store.setState({ message: `${link.download} saved.` });
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
