import { createPoseEstimator, EngineError } from 'posecade/node';

const codeOf = (options) => createPoseEstimator(options).catch((error) => error instanceof EngineError && error.code);
console.log(await codeOf({ backend: 'wasm', modelPath: 'nowhere' }), await codeOf({ backend: 'webgpu' }));
