import { useApp, useAppState } from '../shell/context';

/** Sample photographs as buttons. */
export function Samples() {
  const { review, samplesUrl } = useApp();
  const samples = useAppState((state) => state.samples);
  return (
    <ul className="samples">
      {samples.map((sample) => (
        <li key={sample.file}>
          <button type="button" onClick={() => void review.openSample(sample)}>
            <img src={samplesUrl + sample.file} alt={sample.alt} width={sample.width} height={sample.height} />
            <span>{sample.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The samples below an open photograph. */
export function SampleRow() {
  return (
    <section className="sample-row" aria-labelledby="more-samples">
      <h2 id="more-samples">Or look at a sample</h2>
      <Samples />
    </section>
  );
}
