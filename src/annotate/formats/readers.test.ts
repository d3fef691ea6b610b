import { expect, test } from 'vitest';
import { JOINTS } from '../../pose/skeleton';
import { COCO_19 } from './coco/format';
import { exampleSession } from './example';
import type { KnownImage } from './match';
import { MPII } from './mpii';
import { type Imported, NOTHING } from './problem';
import { provenanceOf } from './provenance';
import { readLabels } from './read';
import { inPlace, soundly, UNASKED } from './testing';

const IMAGES: KnownImage[] = [
  { id: 1, name: 'a.png', size: { width: 200, height: 100 } },
  { id: 2, name: 'frame_000003.png', size: { width: 200, height: 100 } },
];
const read = (path: string, text: string): Imported => readLabels([{ path, text }], IMAGES, UNASKED) ?? NOTHING;
const people = ({ images: [image] }: Imported) => image?.document.subjects ?? [];
const label = (result: Imported, name: (typeof JOINTS)[number], person = 0) =>
  people(result)[person]?.labels[JOINTS.indexOf(name)];

const POINTS = `
  <points label="nose" outside="0" occluded="0" points="10.5,20.25"></points>
  <points label="LWrist" outside="0" occluded="1" points="30,40"/>
  <points label="left_ankle" outside="1" occluded="0" points="1,1"/>`;

test('CVAT for images: reads skeletons as people, outside as no label, and occluded as hidden', () => {
  const result = soundly(
    read(
      'annotations.xml',
      `<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version>
<image id="0" name="train/a.png" subset="val" width="200" height="100">
  <skeleton label="referee" source="manual" z_order="0">${POINTS}</skeleton>
  <box label="ball" xtl="1" ytl="2" xbr="3" ybr="4"/>
</image></annotations>`,
    ),
  );
  expect(label(result, 'nose')).toEqual({ x: 10.5, y: 20.25, visibility: 2 });
  expect(label(result, 'left_wrist')).toEqual({ x: 30, y: 40, visibility: 1 });
  expect(label(result, 'left_ankle')?.visibility).toBe(0);
  const [x, y] = [expect.closeTo(10.5 - 1.185), expect.closeTo(20.25 - 1.185)];
  expect(people(result)).toMatchObject([
    { category: 'referee', box: { x, y, width: expect.closeTo(19.5 + 2.37), height: expect.closeTo(19.75 + 2.37) } },
  ]);
  expect(result.images.map((image) => provenanceOf(image).split)).toEqual(['val']);
});

test('CVAT for images: finds the frames of a video, which it names without an extension, even those with nobody in them', () => {
  const frame = (shapes: string) =>
    read(
      'annotations.xml',
      `<annotations><meta><type>skeleton</type></meta><image id="3" name="frame_000003" width="200" height="100">${shapes}</image></annotations>`,
    );
  const posed = soundly(frame(`<skeleton label="person">${POINTS}</skeleton>`));
  expect(posed.images.map((image) => [image.id, provenanceOf(image).fileName])).toEqual([[2, undefined]]);
  expect(soundly(frame('')).images.map(({ id, document }) => [id, document.subjects])).toEqual([[2, []]]);
});

test("CVAT for video: reads a track's skeleton in each frame, and keeps the track id", () => {
  const result = soundly(
    read(
      'annotations.xml',
      `<annotations><meta><original_size><width>200</width><height>100</height></original_size></meta>
<track id="4" label="person"><skeleton frame="3" keyframe="1">${POINTS}</skeleton><skeleton frame="9" outside="1">${POINTS}</skeleton></track>
</annotations>`,
    ),
  );
  expect(result.images.map(({ id }) => id)).toEqual([2]);
  expect(people(result)[0]?.foreign).toEqual({ track_id: 4 });
});

test('CVAT for video: accepts frames with any extension', () => {
  const text = `<annotations><track id="4" label="person"><skeleton frame="3">${POINTS}</skeleton></track></annotations>`;
  const image = { id: 5, name: 'set/frame_000003.jpg', size: { width: 200, height: 100 } };
  expect(soundly(readLabels([{ path: 'a.xml', text }], [image], UNASKED) ?? NOTHING).images.map(({ id }) => id)).toEqual([5]);
});

test('Label Studio: reads JSON_MIN, and a single task', () => {
  const size = { original_width: 200, original_height: 100 };
  const value = { x: 10, y: 50, width: 0.5, keypointlabels: ['nose'] };
  const box = { x: 5, y: 10, width: 50, height: 80, rectanglelabels: ['Person'] };
  const short = {
    id: 1,
    image: '/data/upload/1/12345678-a.png',
    kp: [{ ...value, ...size }],
    box: [{ ...box, ...size }],
    annotator: 1,
  };
  const long = {
    id: 1,
    data: { image: 'a.png' },
    annotations: [
      {
        result: [
          { id: 'k', ...size, value },
          { id: 'b', ...size, value: box },
        ],
      },
    ],
  };
  for (const data of [[short], short, [long], long]) {
    const result = soundly(read('project.json', JSON.stringify(data)));
    expect(label(result, 'nose')).toEqual({ x: 20, y: 50, visibility: 2 });
    expect(people(result)).toMatchObject([{ box: { x: 10, y: 10, width: 100, height: 80 } }]);
  }
});

test('MPII: reads joint_self with img_paths', () => {
  const joint_self = Array.from({ length: 16 }, (_, i) => (i === 15 ? [0, 0, 0] : [10 + i, 20 + i, i === 10 ? 0 : 1]));
  const result = soundly(
    read('mpii.json', JSON.stringify([{ img_paths: 'a.png', joint_self, objpos: [50, 50], scale_provided: 0.2 }])),
  );
  expect(label(result, 'right_wrist')).toEqual({ x: 20, y: 30, visibility: 2 });
  expect(label(result, 'left_wrist')?.visibility).toBe(0);
});

test('CVAT: asks for joints that are only numbered, and reports broken XML', () => {
  const points = Array.from({ length: 17 }, (_, i) => `${i},${i}`).join(';');
  const text = `<annotations><image id="0" name="a.png" width="200" height="100"><points label="person" points="${points}"/></image></annotations>`;
  expect(read('annotations.xml', text).question).toMatchObject({ nameless: true, guess: [...Array(17).keys()] });
  expect(read('annotations.xml', '<annotations><image name="a.png"').problems[0]?.what).toContain('not XML');
});

test('CVAT: refuses files with only boxes, which do not mean that nobody is there', () => {
  const box = '<box label="person" xtl="1" ytl="2" xbr="3" ybr="4"/>';
  const file = (inside: string, meta = '') =>
    `<annotations>${meta}<image id="0" name="a.png" width="200" height="100">${inside}</image></annotations>`;
  const track = `<annotations><track id="4" label="person">${box.replace('<box', '<box frame="3"')}</track></annotations>`;
  for (const text of [file(box), file(''), track]) {
    expect(read('boxes.xml', text)).toMatchObject({
      images: [],
      problems: [{ what: expect.stringContaining('no skeletons or points') }],
    });
  }
  const joints = '<meta><job><labels><label><name>person</name><type>skeleton</type></label></labels></job></meta>';
  expect(soundly(read('nobody.xml', file('', joints))).images).toHaveLength(1); // the project has joints, so nobody is there
  const both = [
    { path: 'a.xml', text: file(`<skeleton label="person">${POINTS}</skeleton>`) },
    { path: 'boxes.xml', text: file(box) },
  ];
  expect(soundly(readLabels(both, IMAGES, UNASKED)).passedOver).toEqual(['boxes.xml']);
});

test('CVAT: keeps boxes without joints if their labels say that they are people, and notes how many it left out', () => {
  const box = (label: string, x: number, more = '') =>
    `<box label="${label}" xtl="${x}" ytl="10" xbr="${x + 20}" ybr="50" ${more}/>`;
  const file = (name: string, inside: string) =>
    `<annotations><meta><type>skeleton</type></meta><image id="0" name="${name}" width="200" height="100">${inside}</image></annotations>`;
  const unlabelled = '<points label="left_eye" points="80,20" outside="1"/>';
  const player = `<skeleton label="Player"><points label="nose" points="20,20"/>${unlabelled}</skeleton>`;
  const files = [
    { path: 'a.xml', text: file('a.png', player + box('Player', 10) + box('Person', 70) + box('ball', 100)) },
    {
      path: 'b.xml',
      text: file('frame_000003.png', box('Player', 10) + box('person', 100, 'outside="1"') + box('dog', 40)),
    },
  ];
  const result = soundly(readLabels(files, IMAGES, UNASKED));
  expect(
    result.images.map(({ document }) => document.subjects.map(({ category, box: { x, width } }) => [category, x, width])),
  ).toEqual([
    [
      ['Player', 10, 20],
      [undefined, 70, 20],
    ],
    [['Player', 10, 20]],
  ]);
  expect(result.notes).toEqual([expect.stringMatching(/^2 rectangles without joints were left out\./)]);
});

test('CVAT: a box is that of the person whose group it is in, or whose label it has and all of whose joints lie in it', () => {
  const skeleton = (x: number, more = '') =>
    `<skeleton label="person" ${more}><points label="nose" points="${x},20"/><points label="neck" points="${x},40"/></skeleton>`;
  const box = (label: string, from: number, to: number, more = '') =>
    `<box label="${label}" xtl="${from}" ytl="10" xbr="${to}" ybr="60" ${more}/>`;
  const boxes = (inside: string) => {
    const text = `<annotations><image id="0" name="a.png" width="200" height="100">${inside}</image></annotations>`;
    return people(soundly(read('a.xml', text))).map(({ labels, box: { x, width } }) => [labels[0]?.x, x, width]);
  };
  const drafted = (x: number) => [x, expect.closeTo(x - 1.2), expect.closeTo(2.4)];
  expect(boxes(skeleton(20, 'group_id="3"') + box('bbox', 10, 50, 'group_id="3"'))).toEqual([[20, 10, 40]]);
  expect(boxes(skeleton(20) + skeleton(100) + box('person', 5, 60) + box('person', 90, 110))).toEqual([
    [20, 5, 55],
    [100, 90, 20],
  ]);
  expect(boxes(skeleton(20) + box('bicycle', 10, 50))).toEqual([drafted(20)]);
  expect(boxes(skeleton(20) + skeleton(40) + box('person', 10, 50))).toEqual([drafted(20), drafted(40)]); // nobody's, or either's
  expect(boxes(skeleton(20) + skeleton(40) + box('person', 10, 50) + box('person', 35, 45))).toEqual([
    [20, 10, 40],
    [40, 35, 10],
  ]);
});

test('CVAT and Label Studio: a turned box becomes the upright box round it', () => {
  const box = '<box label="person" xtl="80" ytl="40" xbr="120" ybr="60" rotation="90.0"/>';
  const text = `<annotations><meta><type>skeleton</type></meta><image id="0" name="a.png" width="200" height="100">${box}</image></annotations>`;
  const upright = (x: number, y: number, width: number, height: number) =>
    Object.fromEntries(Object.entries({ x, y, width, height }).map(([side, length]) => [side, expect.closeTo(length)]));
  expect(people(soundly(read('a.xml', text)))).toMatchObject([{ box: upright(90, 30, 20, 40) }]);
  const turned = { ...rectangle('r', 50, 10, 40, 20), original_width: 200, original_height: 100 };
  const task = tasks([{ ...turned, value: { ...turned.value, rotation: 90 } }, keypoint('k', 'nose', 45, 60)]);
  expect(people(soundly(read('x.json', task)))).toMatchObject([{ box: upright(80, 10, 20, 80) }]); // 80 x 20 pixels, about (100, 10)
});

test('CVAT for video: keeps the boxes of people in a track, and does not take a frame with other boxes for one without people', () => {
  const track = (label: string, frame: number) =>
    `<track id="4" label="${label}"><box frame="${frame}" outside="0" xtl="10" ytl="10" xbr="30" ybr="50"/></track>`;
  const known = [...IMAGES, { id: 3, name: 'frame_000004.png', size: { width: 200, height: 100 } }];
  const meta = '<meta><type>skeleton</type></meta>';
  const text = `<annotations>${meta}${track('person', 3)}${track('car', 4)}</annotations>`;
  const result = soundly(readLabels([{ path: 'a.xml', text }], known, UNASKED));
  expect(result.images).toMatchObject([{ id: 2, document: { subjects: [{ box: { x: 10 }, foreign: { track_id: 4 } }] } }]);
  expect(result.images).toHaveLength(1);
});

test('CVAT: imports none of several entries for one image', () => {
  const entry = `<image id="0" name="a.png" width="200" height="100"><skeleton label="person">${POINTS}</skeleton></image>`;
  for (const count of [2, 3]) {
    const { images, problems } = read('a.xml', `<annotations>${entry.repeat(count)}</annotations>`);
    expect(images).toEqual([]);
    expect(problems).toHaveLength(count - 1);
  }
});

const keypoint = (id: string, name: string, x: number, y: number, more: object = {}) => ({
  id,
  type: 'keypointlabels',
  original_width: 200,
  original_height: 100,
  value: { x, y, width: 0.5, keypointlabels: [name] },
  ...more,
});
const rectangle = (id: string, x: number, y: number, width: number, height: number) => ({
  id,
  type: 'rectanglelabels',
  value: { x, y, width, height, rectanglelabels: ['Person'] },
});
const tasks = (result: object[], more: object = {}) =>
  JSON.stringify([{ id: 1, data: { image: '/data/upload/1/0a1b2c3d-a.png' }, annotations: [{ result }], ...more }]);

test('Label Studio: converts percentages to pixels, and assigns joints by parent, relation or surrounding rectangle', () => {
  const result = soundly(
    read(
      'project.json',
      tasks([
        rectangle('r1', 0, 0, 40, 100),
        rectangle('r2', 50, 0, 50, 100),
        keypoint('k1', 'Nose', 10, 50),
        keypoint('k2', 'Nose', 60, 50),
        keypoint('k3', 'Left Wrist', 90, 90, { parentID: 'r1' }),
        keypoint('k4', 'Right Wrist', 45, 10),
        { type: 'relation', from_id: 'k4', to_id: 'r2', direction: 'right' },
      ]),
    ),
  );
  expect(people(result).map(({ box }) => box)).toEqual([
    { x: 0, y: 0, width: 80, height: 100 },
    { x: 100, y: 0, width: 100, height: 100 },
  ]);
  expect(label(result, 'nose', 0)).toEqual({ x: 20, y: 50, visibility: 2 });
  expect(label(result, 'left_wrist', 0)).toEqual({ x: 180, y: 90, visibility: 2 });
  expect(label(result, 'right_wrist', 1)).toEqual({ x: 90, y: 10, visibility: 2 });
});

test('Label Studio: reads one person without a rectangle, refuses two, and reads predictions as drafts, even of a skipped task', () => {
  expect(people(soundly(read('x.json', tasks([keypoint('a', 'nose', 1, 1), keypoint('b', 'left_eye', 2, 2)]))))).toHaveLength(1);
  const twice = read('x.json', tasks([keypoint('a', 'nose', 1, 1), keypoint('b', 'nose', 2, 2)]));
  expect(twice.problems[0]?.what).toMatch(/appears twice.*Draw a rectangle around each person\.$/);
  const predicted = { annotations: [], predictions: [{ result: [keypoint('a', 'nose', 1, 1, { score: 0.75 })] }] };
  const skipped = { ...predicted, annotations: [{ was_cancelled: true, result: [] }] };
  for (const task of [predicted, skipped]) {
    expect(people(soundly(read('x.json', tasks([], task))))[0]?.prediction?.[0]?.score).toBe(0.75);
  }
});

test('Label Studio: a choice made for a keypoint says that it is hidden', () => {
  const choice = (id: string, word: string) => ({ id, type: 'choices', value: { x: 1, y: 1, width: 0.5, choices: [word] } });
  const joints = [keypoint('a', 'nose', 1, 1), keypoint('b', 'left_eye', 2, 2), keypoint('c', 'left_ear', 2, 2)];
  const result = soundly(
    read('x.json', tasks([...joints, choice('a', 'Occluded'), choice('b', 'Visible'), choice('c', 'not visible')])),
  );
  expect(['nose', 'left_eye', 'left_ear'].map((name) => label(result, name as 'nose')?.visibility)).toEqual([1, 2, 1]);
});

test('Label Studio: an annotation that was submitted empty means that nobody is there, a task without one means nothing', () => {
  const nose = [keypoint('a', 'nose', 1, 1)];
  const task = (id: number, image: string, more: object) => ({ id, data: { image }, ...more });
  const peopleIn = (...entries: object[]) =>
    soundly(read('x.json', JSON.stringify(entries))).images.map(({ id, document }) => [id, document.subjects.length]);
  const labelled = task(1, 'a.png', { annotations: [{ result: nose }] });
  const of2 = (more: object) => task(2, 'frame_000003.png', more);
  expect(peopleIn(labelled, of2({ annotations: [{ result: [] }] }))).toEqual([
    [1, 1],
    [2, 0],
  ]);
  for (const nothing of [
    { annotations: [] },
    { annotations: [{ result: [], was_cancelled: true }] },
    { predictions: [{ result: [] }] },
  ]) {
    expect(peopleIn(labelled, of2(nothing))).toEqual([[1, 1]]);
  }
  const short = { id: 1, image: 'a.png', kp: [nose[0]?.value], annotation_id: 7 };
  expect(peopleIn(short, { id: 2, image: 'frame_000003.png', annotation_id: 8 })).toEqual([
    [1, 1],
    [2, 0],
  ]);
  expect(peopleIn(short, { id: 2, image: 'frame_000003.png' })).toEqual([[1, 1]]);
});

test('Label Studio: keeps boxes without joints if their labels say that they are people, and notes how many it left out', () => {
  const box = (id: string, label: string) => ({
    ...rectangle(id, 50, 0, 50, 100),
    value: { x: 50, y: 0, width: 50, height: 100, rectanglelabels: [label] },
  });
  const player = { ...box('r1', 'Player'), value: { x: 0, y: 0, width: 40, height: 100, rectanglelabels: ['Player'] } };
  const nose = keypoint('k1', 'Nose', 10, 50);
  const result = soundly(read('x.json', tasks([player, nose, box('r2', 'person'), box('r3', 'Player'), box('r4', 'ball')])));
  expect(people(result).map(({ category, box: { x } }) => [category, x])).toEqual([
    ['Player', 0],
    [undefined, 100],
    ['Player', 100],
  ]);
  expect(people(result)[1]?.prediction).toBeUndefined();
  expect(result.notes).toEqual([expect.stringMatching(/^One rectangle without joints was left out\. .*label it as person/)]);
  const alone = JSON.stringify([
    ...JSON.parse(tasks([player, nose])),
    { id: 2, data: { image: 'frame_000003.png' }, annotations: [{ result: [box('r5', 'ball')] }] },
  ]);
  const { images, notes } = soundly(read('x.json', alone));
  expect([images.map(({ document }) => document.subjects.length), notes.length]).toEqual([[1, 0], 1]);
});

const point = (name: string, x: number, y: number, more: object = {}) => ({
  label: name,
  points: [[x, y]],
  shape_type: 'point',
  ...more,
});
const labelMe = (shapes: object[], more: object = {}) =>
  JSON.stringify({
    version: '5.5.0',
    flags: {},
    shapes,
    imagePath: '..\\images\\a.png',
    imageWidth: 200,
    imageHeight: 100,
    ...more,
  });

test('LabelMe: assigns joints by group id or surrounding rectangle, and reads difficult as hidden', () => {
  const corners = (points: number[][], more: object = {}) => ({ label: 'person', points, shape_type: 'rectangle', ...more });
  const result = soundly(
    read(
      'labels/a.json',
      labelMe([
        corners([
          [90, 90],
          [10, 10],
        ]),
        corners(
          [
            [100, 0],
            [200, 0],
            [200, 100],
            [100, 100],
          ],
          { label: 'Referee', group_id: 3 },
        ),
        point('nose', 20, 20),
        point('Left_Wrist', 30, 40, { difficult: true }),
        point('nose', 15, 15, { group_id: 3 }),
        {
          label: 'ball',
          points: [
            [1, 1],
            [2, 2],
            [3, 1],
          ],
          shape_type: 'polygon',
        },
      ]),
    ),
  );
  expect(people(result)).toMatchObject([
    { box: { x: 10, y: 10, width: 80, height: 80 } },
    { category: 'Referee', box: { x: 100, y: 0, width: 100, height: 100 } },
  ]);
  expect(label(result, 'nose')).toEqual({ x: 20, y: 20, visibility: 2 });
  expect(label(result, 'left_wrist')).toEqual({ x: 30, y: 40, visibility: 1 });
  expect(label(result, 'nose', 1)).toEqual({ x: 15, y: 15, visibility: 2 });
});

test('LabelMe: a flag, or the end of a label, says that a point is hidden', () => {
  const shapes = [
    point('nose', 1, 1, { flags: { occluded: true, truncated: false } }),
    point('left_eye', 2, 2, { flags: { occluded: false, truncated: true } }),
    point('left_ear-occluded', 3, 3),
    point('right_ear_visible', 4, 4),
    point('right_eye not_visible', 5, 5),
  ];
  const result = soundly(read('a.json', labelMe(shapes)));
  const names = ['nose', 'left_eye', 'left_ear', 'right_ear', 'right_eye'] as const;
  expect(names.map((name) => label(result, name)?.visibility)).toEqual([1, 2, 1, 2, 1]);
  expect(read('a.json', labelMe([...shapes, point('left_ear', 2, 2)])).problems[0]?.what).toContain('left_ear appears twice');
});

test('LabelMe: reads points alone as one person, refuses a joint that appears twice, and asks one question for all files', () => {
  expect(people(soundly(read('a.json', labelMe([point('nose', 1, 1), point('left_eye', 2, 2)]))))).toHaveLength(1);
  expect(read('a.json', labelMe([point('nose', 1, 1), point('nose', 2, 2)])).problems[0]?.what).toContain('group ID');
  const files = [
    { path: 'a.json', text: labelMe([point('nose', 1, 1), point('hand_l', 2, 2)]) },
    { path: 'b.json', text: labelMe([point('tail', 1, 1)], { imagePath: 'frame_000003.png' }) },
  ];
  expect(readLabels(files, IMAGES, UNASKED)?.question).toMatchObject({ names: ['nose', 'hand_l', 'tail'] });
  expect(
    readLabels([{ path: 'c.json', text: labelMe([{ ...point('dog', 1, 1), shape_type: 'polygon' }]) }], IMAGES, UNASKED),
  ).toBeUndefined();
});

test('LabelMe: keeps boxes without points if their labels say that they are people, and notes how many it left out', () => {
  const corners = (label: string, x: number, more: object = {}) => {
    const points = [
      [x, 10],
      [x + 20, 50],
    ];
    return { label, points, shape_type: 'rectangle', ...more };
  };
  const nose = point('nose', 20, 20);
  const files = [
    { path: 'a.json', text: labelMe([corners('Player', 10), nose, corners('Person', 40), corners('ball', 70)]) },
    { path: 'b.json', text: labelMe([corners('Player', 10), corners('dog', 40)], { imagePath: 'frame_000003.png' }) },
  ];
  const result = soundly(readLabels(files, IMAGES, UNASKED));
  expect(result.images.map(({ document }) => document.subjects.map(({ category, box }) => [category, box.x]))).toEqual([
    [
      ['Player', 10],
      [undefined, 40],
    ],
    [['Player', 10]],
  ]);
  expect(result.notes).toEqual([expect.stringMatching(/^2 rectangles without joints were left out\. .*label them as person/)]);
});

test('LabelMe: an empty file beside others means that nobody is there, and polygons alone mean nothing', () => {
  const polygon = { ...point('person', 1, 1), shape_type: 'polygon' };
  const files = (shapes: object[]) => [
    { path: 'a.json', text: labelMe([point('nose', 20, 20)]) },
    { path: 'b.json', text: labelMe(shapes, { imagePath: 'frame_000003.png' }) },
  ];
  const nobody = soundly(readLabels(files([]), IMAGES, UNASKED));
  expect(nobody.images.map(({ id, document }) => [id, document.subjects.length])).toEqual([
    [1, 1],
    [2, 0],
  ]);
  const skipped = soundly(readLabels(files([polygon]), IMAGES, UNASKED));
  expect([skipped.images.map(({ id }) => id), skipped.passedOver]).toEqual([[1], ['b.json']]);
  expect(readLabels([{ path: 'b.json', text: labelMe([]) }], IMAGES, UNASKED)).toBeUndefined();
});

test('OpenPose: reads everybody as a draft, with 18 or 25 joints', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => [2 * i + 1, i + 1, i === 4 ? 0 : 0.75]).flat();
  const text = (...counts: number[]) =>
    JSON.stringify({ version: 1.3, people: counts.map((count) => ({ person_id: [-1], pose_keypoints_2d: numbers(count) })) });
  const ankle = (count: number) =>
    people(soundly(read('out/a_keypoints.json', text(count))))[0]?.prediction?.[JOINTS.indexOf('left_ankle')];
  expect(ankle(18)).toEqual({ x: 27, y: 14, score: 0.75 });
  expect(ankle(25)).toEqual({ x: 29, y: 15, score: 0.75 });
  const two = soundly(read('out/a_keypoints.json', text(25, 25)));
  expect(people(two)).toHaveLength(2);
  expect(label(two, 'nose')?.visibility).toBe(2);
  expect(label(two, 'right_wrist')?.visibility).toBe(0); // its score is 0
  expect(soundly(read('a_keypoints.json', text())).images).toHaveLength(1); // nobody is there
  expect(readLabels([{ path: 'a.json', text: text(25) }], IMAGES, UNASKED)).toBeUndefined(); // not named as OpenPose names files
});

test('MPII: reads back our own export, except for what it leaves out', () => {
  const session = exampleSession(6, 2);
  const [text = { path: '', text: '' }] = [...MPII.write(inPlace(session), new Date(0))];
  const result = soundly(readLabels([text], session, UNASKED));
  const wrists = (images: readonly { id: number; document: { subjects: readonly { labels: readonly object[] }[] } }[]) =>
    images.flatMap(({ id, document }) => document.subjects.map(({ labels }) => [id, labels[JOINTS.indexOf('left_wrist')]]));
  const all = wrists(session).map(([id, one]) => [
    id,
    { ...(one as object), visibility: (one as { visibility: number }).visibility && 2 },
  ]);
  const inside = (entry: unknown[]) => {
    const { x, y } = entry[1] as { x: number; y: number };
    return x >= 0 && y >= 0;
  };
  expect(wrists(result.images).filter(inside)).toEqual(expect.arrayContaining(all.filter(inside)));
});

test.each([
  ['OpenPose', 'out/a_keypoints.json', JSON.stringify({ people: [{ pose_keypoints_2d: Array(54).fill(0.5) }] })],
  ['CVAT for video', 'a.xml', `<annotations><track id="4"><skeleton frame="3">${POINTS}</skeleton></track></annotations>`],
])('%s names no image file: an export uses the name of the image, and can be read back', (_, path, text) => {
  const [imported] = soundly(read(path, text)).images;
  const image = IMAGES.find(({ id }) => id === imported?.id);
  if (!imported || !image?.size) throw new Error('not imported');
  const size = image.size;
  const [file] = [...COCO_19.write(inPlace([{ ...imported, name: image.name, size }]), new Date(0))];
  expect(JSON.parse(file?.text ?? '').images).toMatchObject([{ file_name: image.name }]);
  expect(soundly(readLabels(file ? [file] : [], IMAGES, UNASKED)).images).toHaveLength(1);
});

test('CVAT: reads a single point as a joint of the person whose group it is in', () => {
  const point = (name: string, x: number, group?: number) =>
    `<points label="${name}" points="${x},10"${group === undefined ? '' : ` group_id="${group}"`}/>`;
  const file = (...points: string[]) =>
    `<annotations><image id="0" name="a.png" width="200" height="100">${points.join('')}</image></annotations>`;
  const two = soundly(read('a.xml', file(point('nose', 10, 1), point('left_wrist', 20, 1), point('nose', 90, 2))));
  expect([label(two, 'nose')?.x, label(two, 'left_wrist')?.x, label(two, 'nose', 1)?.x]).toEqual([10, 20, 90]);
  const one = soundly(read('a.xml', file(point('nose', 10), point('left_wrist', 20))));
  expect(people(one)).toHaveLength(1);
  const unclear = read('a.xml', file(point('nose', 10), point('nose', 90)));
  expect(unclear).toMatchObject({ images: [], problems: [{ what: expect.stringContaining('nose appears twice') }] });
  const track = (name: string, x: number) => `<track label="${name}" group_id="1"><points frame="3" points="${x},10"/></track>`;
  const video = soundly(read('a.xml', `<annotations>${track('nose', 30)}${track('left_wrist', 40)}</annotations>`));
  expect([label(video, 'nose')?.x, label(video, 'left_wrist')?.x]).toEqual([30, 40]);
});
