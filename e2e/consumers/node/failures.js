import { createPoseEstimator, EngineError } from 'posecade/node';

const codeOf = (options) => createPoseEstimator(options).catch((error) => error instanceof EngineError && error.code);
console.log(await codeOf({ backend: 'wasm', modelPath: 'nowhere' }), await codeOf({ backend: 'webgpu' }));

const estimator = await createPoseEstimator({ backend: 'wasm' });
estimator.dispose();
const image = { width: 1, height: 1, data: new Uint8Array(3) };
console.log(await estimator.estimate(image).catch(({ name }) => name));
