/** Runs the examples that e2e/build/embed.ts extracted from docs/embed.md, with the variables that they assume. */
import { createPoseEstimator } from 'posecade';
import { type ComponentType, createElement } from 'react';
import { createRoot } from 'react-dom/client';

const EXAMPLES = import.meta.glob<Readonly<Record<string, ComponentType>>>('./dist-guide/*.jsx');

const main = document.querySelector('main');

/** The variables that every example has, as the guide says. */
async function given(photo: string) {
  const blob = await (await fetch(photo)).blob();
  const image = Object.assign(new Image(), { src: photo });
  const video = Object.assign(document.createElement('video'), { muted: true });
  const canvas = document.createElement('canvas');
  main?.append(canvas);
  const estimator = await createPoseEstimator();
  return { image, video, canvas, estimator, file: new File([blob], photo, { type: blob.type }) };
}

/** Starts an example, and renders the component that it exports, if any. An example may run for ever. */
async function runExample(name: string, photo: string): Promise<void> {
  const load = EXAMPLES[`./dist-guide/${name}.jsx`];
  if (!load) throw new RangeError(`the guide has no example ${name}`);
  Object.assign(globalThis, await given(photo));
  const [component] = Object.values(await load());
  if (component && main) createRoot(main).render(createElement(component));
}

Object.assign(window, { runExample });
