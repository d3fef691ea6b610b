import { expect, it } from 'vitest';
import { fakePerson } from '../../testing/fake-client';
import { poseDocument } from './export';
import type { Person } from './people';

it('writes 19 named joints and 17 for COCO, in image pixels', () => {
  const result = fakePerson({ cx: 100, cy: 100, side: 200 }, 'none');
  const person: Person = { id: 1, origin: { kind: 'found' }, result };
  const document = poseDocument('a.jpg', { width: 200, height: 200 }, [person], 0.2, undefined);
  expect(document).toMatchObject({ coco_threshold: 0.2, people: [{ score: result.score }] });
  expect(document.people[0]?.keypoints).toHaveLength(19);
  expect(document.people[0]?.keypoints[0]).toEqual({ name: 'nose', x: 100, y: 40, score: 0.95 });
  expect(document.people[0]?.coco_keypoints).toHaveLength(51);
  expect(document.people[0]?.coco_keypoints.slice(45, 48)).toEqual([0, 0, 0]); // the left ankle scores 0.1
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
