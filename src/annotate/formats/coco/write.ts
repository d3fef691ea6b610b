import { COCO_COUNT, EDGES, JOINT_COUNT, JOINTS, jointIndex } from '../../../pose/skeleton';
import type { Foreign, Label, Subject } from '../../document';
import { COORDINATES, labelled, type SizedImage } from '../notes';

/** How many joints a file has: COCO's own 17, or ours with neck and head_top. */
export type JointCount = 17 | 19;

/** Where an imported image entry keeps the fields of the file that it came in. */
export const FILE_FIELDS = 'imported_file';
/** The field of ours in images and annotations: what COCO has no field for. Other readers pass over it. */
export const OWN_FIELD = 'posecade';

/** COCO's bones as pairs of 1-based joint numbers. COCO has no neck, so there the shoulders are joined. */
export function cocoSkeleton(joints: JointCount): number[][] {
  const shoulders: [number, number] = [jointIndex('left_shoulder'), jointIndex('right_shoulder')];
  const edges = joints === JOINT_COUNT ? EDGES : [...EDGES.filter((edge) => Math.max(...edge) < COCO_COUNT), shoulders];
  return edges.map(([a, b]) => [a + 1, b + 1]);
}

/** [x, y, v] of each joint; a joint without a label is 0, 0, 0, as COCO has it. */
export function cocoKeypoints(labels: readonly Label[], joints: JointCount): number[] {
  return labels.slice(0, joints).flatMap((label) => (labelled(label) ? [label.x, label.y, label.visibility] : [0, 0, 0]));
}

/**
 * A COCO key-point file of all images whose size is images. With 19 joints it holds the whole session (drafts, verdicts, own ids) and is
 * read back without loss; with 17, neck and head_top and all that COCO has no field for are left out.
 */
export function cocoFile(images: readonly SizedImage[], joints: JointCount, created: Date): object {
  const files = images.flatMap((image) => (image.foreign?.[FILE_FIELDS] as FileFields | undefined) ?? []);
  const category = files.find((file) => file.category)?.category;
  const categoryId = typeof category?.id === 'number' ? category.id : 1;
  const imageIds = chooseIds(images.map((image) => image.foreign?.id));
  const pairs = images.flatMap((image, i) => image.document.subjects.map((subject) => ({ subject, imageId: imageIds[i] ?? 0 })));
  const ids = chooseIds(pairs.map(({ subject }) => subject.foreign?.id));
  return {
    info: { ...ownInfo(joints, created), ...files.find((file) => file.info)?.info, coordinates: COORDINATES },
    licenses: distinct(files.flatMap((file) => file.licenses ?? [])),
    images: images.map((image, i) => imageEntry(image, imageIds[i] ?? 0, joints)),
    annotations: pairs.map(({ subject, imageId }, i) => annotationEntry(subject, ids[i] ?? 0, imageId, categoryId, joints)),
    categories: [
      {
        supercategory: 'person',
        ...category,
        id: categoryId,
        name: typeof category?.name === 'string' ? category.name : 'person',
        keypoints: JOINTS.slice(0, joints),
        skeleton: cocoSkeleton(joints),
      },
    ],
  };
}

/** What an imported file says once for all of its images. */
export interface FileFields {
  readonly info?: Foreign;
  readonly licenses?: readonly unknown[];
  readonly category?: Foreign;
}

function ownInfo(joints: JointCount, created: Date): Foreign {
  return {
    description: `Key points of people, ${joints} joints, exported by posecade`,
    version: '1.0',
    year: created.getUTCFullYear(),
    contributor: '',
    url: '',
    date_created: created.toISOString(),
  };
}

function imageEntry(image: SizedImage, id: number, joints: JointCount): object {
  const { [FILE_FIELDS]: _file, ...fields } = image.foreign ?? {};
  const own = { verdict: image.verdict, edited: image.edited, next_subject: image.document.nextId };
  return {
    ...fields,
    id,
    file_name: image.name,
    width: image.size.width,
    height: image.size.height,
    ...(joints === JOINT_COUNT && { [OWN_FIELD]: own }),
  };
}

function annotationEntry(subject: Subject, id: number, imageId: number, categoryId: number, joints: JointCount): object {
  const { box, labels, prediction, foreign } = subject;
  const own = { subject: subject.id, prediction: prediction?.flatMap(({ x, y, score }) => [x, y, score]) };
  return {
    area: box.width * box.height,
    iscrowd: 0,
    ...foreign,
    id,
    image_id: imageId,
    category_id: categoryId,
    bbox: [box.x, box.y, box.width, box.height],
    num_keypoints: labels.slice(0, joints).filter(labelled).length,
    keypoints: cocoKeypoints(labels, joints),
    ...(joints === JOINT_COUNT && { [OWN_FIELD]: own }),
  };
}

/** Keeps the ids that are given and not yet taken; the others are counted on from the highest. */
function chooseIds(wanted: readonly unknown[]): number[] {
  const taken = new Set<number>();
  const kept = wanted.map((id) => {
    if (typeof id !== 'number' || taken.has(id)) return undefined;
    taken.add(id);
    return id;
  });
  let last = wanted.reduce<number>((high, id) => (typeof id === 'number' ? Math.max(high, id) : high), 0);
  return kept.map((id) => {
    if (id !== undefined) return id;
    last += 1;
    return last;
  });
}

/** Each licence once, as far as it reads the same. */
function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
