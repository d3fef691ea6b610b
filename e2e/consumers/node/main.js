import { readFile } from 'node:fs/promises';
import { createPoseEstimator } from 'posecade/node';

const [backend] = process.argv.slice(2);
const estimator = await createPoseEstimator({ backend });
const image = { width: 192, height: 192, data: await readFile('person.rgb') };
const boxes = JSON.parse(await readFile('boxes.json', 'utf8'));
const [inBox, everybody] = await Promise.all([
  estimator.estimate(image, { boxes }),
  estimator.estimate(image, { flipTest: true }),
]);
estimator.dispose(); // when both are done
console.log(JSON.stringify({ inBox, everybody }));
