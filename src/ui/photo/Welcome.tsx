import { PickPhoto } from './PickPhoto';
import { Samples } from './Samples';

const STEPS: readonly (readonly [string, string])[] = [
  [
    'Look coarsely',
    'The picture at three scales goes through one bank of convolutions each. Their sum says roughly where every joint is.',
  ],
  ['Crop round the peaks', 'From the features that are already there, a small piece is cut round each of the 19 coarse peaks.'],
  ['Look again', 'A small network, the same for all joints, finds the place within each piece, finer than one cell of the map.'],
];

/** What is there before a photograph is. */
export function Welcome() {
  return (
    <div className="welcome">
      <section className="drop" aria-labelledby="drop-title">
        <h2 id="drop-title">Find the joints of a person in a photograph</h2>
        <p>A coarse-to-fine heat-map cascade, running on your own machine. Every step of it can be looked at.</p>
        <PickPhoto className="primary">Choose a photo</PickPhoto>
        <p className="hint fine-only">or drop one anywhere on this page, or paste it with Ctrl+V</p>
      </section>
      <section aria-labelledby="samples-title">
        <h2 id="samples-title">Or start with a sample</h2>
        <Samples />
      </section>
      <section aria-labelledby="how-title">
        <h2 id="how-title">How the network looks</h2>
        <ol className="steps">
          {STEPS.map(([title, text]) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
