import { readFile } from 'node:fs/promises';
import { createPoseEstimator } from 'posecade/node';

const [backend] = process.argv.slice(2);
const estimator = await createPoseEstimator({ backend });
const image = { width: 192, height: 192, data: await readFile('person.rgb') };
const boxes = JSON.parse(await readFile('boxes.json', 'utf8'));
console.log(JSON.stringify(await estimator.estimate(image, { boxes })));
estimator.dispose();
