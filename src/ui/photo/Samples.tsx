import { useApp, useAppState } from '../shell/context';
import { usePhoto } from './context';

/** Sample photos as buttons. */
export function Samples() {
  const { samplesUrl } = useApp();
  const photo = usePhoto();
  const samples = useAppState((state) => state.samples);
  return (
    <ul className="samples">
      {samples.map((sample) => (
        <li key={sample.file}>
          <button type="button" onClick={() => void photo.openSample(sample)}>
            <img src={samplesUrl + sample.file} alt={sample.alt} width={sample.width} height={sample.height} />
            <span>{sample.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The samples below an open photo; nothing until the list of them has loaded. */
export function SampleRow() {
  const isEmpty = useAppState(({ samples }) => samples.length === 0);
  if (isEmpty) return null;
  return (
    <section className="sample-row" aria-labelledby="more-samples">
      <h2 id="more-samples">Or try a sample</h2>
      <Samples />
    </section>
  );
}
