import { createPoseEstimator } from 'posecade';

const estimator = await createPoseEstimator();
const image = await fetch('person.png').then((response) => response.blob());
const boxes = await fetch('boxes.json').then((response) => response.json());
const { people } = await estimator.estimate(image, { boxes });
document.querySelector('output').textContent = JSON.stringify(people);
