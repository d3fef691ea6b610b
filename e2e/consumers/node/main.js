import { readFile } from 'node:fs/promises';
import { createPoseEstimator } from 'posecade/node';

const estimator = await createPoseEstimator();
const image = { width: 192, height: 192, data: await readFile('person.rgb') };
const boxes = JSON.parse(await readFile('boxes.json', 'utf8'));
const { people } = await estimator.estimate(image, { boxes });
console.log(JSON.stringify(people));
