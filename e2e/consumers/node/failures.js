import { createPoseEstimator as createInPage } from 'posecade';
import { createPoseEstimator, EngineError } from 'posecade/node';

const codeOf = (options) => createPoseEstimator(options).catch((error) => error instanceof EngineError && error.code);
console.log(await codeOf({ backend: 'wasm', modelPath: 'nowhere' }), await codeOf({ backend: 'webgpu' }));

const estimator = await createPoseEstimator({ backend: 'wasm' });
const image = { width: 1, height: 1, data: new Uint8Array(3) };
const stop = new AbortController();
const [first, second] = [estimator.estimate(image), estimator.estimate(image, { signal: stop.signal })];
stop.abort(new Error('stopped'));
console.log(await second.catch(({ message }) => message), `${(await first).people.length}`);
estimator.dispose();
console.log(await estimator.estimate(image).catch(({ name }) => name));
console.log(await createInPage().catch(({ name, code }) => `${name} ${code}`)); // for browsers
