import { keyTitle } from '../shell/Keys';
import { PickPhoto } from './PickPhoto';
import { Samples } from './Samples';

const STEPS: readonly (readonly [string, string])[] = [
  ['Coarse maps', 'The image goes through convolutions at three scales. Their sum shows roughly where each joint is.'],
  ['Fine crops', 'Around each of the 19 coarse peaks, a small crop is taken from features that have already been computed.'],
  ['Fine maps', 'A small network, shared by all joints, locates each joint within its crop, to a fraction of a cell.'],
];

/** Shown until a photo is open. */
export function Welcome() {
  return (
    <div className="welcome">
      <section className="drop" aria-labelledby="drop-title">
        <h2 id="drop-title">Find people’s joints in a photo</h2>
        <p>A coarse-to-fine heat-map cascade that runs on your own device and shows you every step.</p>
        <PickPhoto className="primary">Choose a photo</PickPhoto>
        <p className="hint fine-only">or drop one anywhere on this page, or paste it with {keyTitle(['Mod+V'])}</p>
      </section>
      <section aria-labelledby="samples-title">
        <h2 id="samples-title">Or try a sample</h2>
        <Samples />
      </section>
      <section aria-labelledby="how-title">
        <h2 id="how-title">How it works</h2>
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
