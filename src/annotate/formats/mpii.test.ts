import { expect, test } from 'vitest';
import { keypoint } from '../../pose/pose';
import { JOINTS } from '../../pose/skeleton';
import { imagePoint } from '../../pose/space';
import { type AnnotatedImage, noLabels } from '../document';
import { mpiiFile } from './mpii';
import { sized } from './notes';
import { readLabels } from './read';
import { soundly, UNASKED } from './testing';

const RIGHT_ANKLE = 0;
const PELVIS = 6;
const THORAX = 7;

test('picks the joints, computes pelvis and thorax as midpoints, and marks one without both sources as missing', () => {
  const labels = noLabels();
  const put = (name: (typeof JOINTS)[number], x: number, y: number) => {
    labels[JOINTS.indexOf(name)] = { ...imagePoint(x, y), visibility: 1 };
  };
  put('right_ankle', 5, 6);
  put('left_hip', 10, 20);
  put('right_hip', 30, 40);
  put('left_shoulder', 1, 1);
  const image: AnnotatedImage = {
    id: 1,
    name: 'a.jpg',
    size: { width: 100, height: 100 },
    document: {
      subjects: [
        {
          id: 1,
          box: { x: 10, y: 20, width: 40, height: 50 },
          labels,
          prediction: labels.map(() => keypoint(0, 0, 0.5)),
          foreign: undefined,
        },
      ],
      nextId: 2,
    },
    verdict: 'open',
    edited: false,
    foreign: undefined,
  };
  const [person] = mpiiFile(sized([image, { ...image, size: undefined }])) as { joints: number[][]; joints_vis: number[] }[];
  expect(person).toMatchObject({ image: 'a.jpg', center: [30, 45], scale: 0.25, score: 0.5 });
  expect(person?.joints).toHaveLength(16);
  expect(person?.joints[RIGHT_ANKLE]).toEqual([5, 6]);
  expect(person?.joints[PELVIS]).toEqual([20, 30]);
  expect(person?.joints[THORAX]).toEqual([-1, -1]);
  expect(person?.joints_vis.filter((seen) => seen === 1)).toHaveLength(5);
});

test('the scale of somebody who lies is the width of the box, and gives a square of that side', () => {
  const person = { id: 1, box: { x: 50, y: 300, width: 400, height: 100 }, labels: noLabels(), prediction: undefined };
  const document = { subjects: [{ ...person, foreign: undefined }], nextId: 2 };
  const image: AnnotatedImage = {
    ...{ id: 1, name: 'a.jpg', size: { width: 500, height: 500 } },
    ...{ document, verdict: 'open', edited: false, foreign: undefined },
  };
  const file = mpiiFile(sized([image]));
  expect(file).toMatchObject([{ center: [250, 350], scale: 2 }]);
  const [read] = soundly(readLabels([{ path: 'mpii.json', text: JSON.stringify(file) }], [image], UNASKED)).images;
  expect(read?.document.subjects[0]?.box).toEqual({ x: 50, y: 150, width: 400, height: 400 });
});
