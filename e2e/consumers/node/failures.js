import { createPoseEstimator, EngineError } from 'posecade/node';

const failure = await createPoseEstimator({ modelPath: 'nowhere' }).catch((error) => error);
console.log(`${failure instanceof EngineError} ${failure.code}`);
