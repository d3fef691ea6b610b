import { COCO_COUNT, EDGES, JOINT_COUNT, JOINTS, jointIndex } from '../../../pose/skeleton';
import type { Foreign, Label, Subject } from '../../document';
import { type Categories, categoriesOf } from '../categories';
import { isFields } from '../fields';
import { COORDINATES, labelled } from '../notes';
import type { PlacedImage } from '../placed';
import { entryFields, type FileFields, provenanceOf } from '../provenance';
import { chooseIds, type Id, isId } from './ids';
import { poseNumbers } from './own-pose';
import { suggestionEntries } from './suggestions';

/** How many joints a file has: COCO's own 17, or ours with neck and head_top. */
export type JointCount = 17 | 19;

/** Our own field in files, images and annotations, for what COCO has no field for. Other readers ignore it. */
export const OWN_FIELD = 'posecade';

/** COCO's bones as pairs of 1-based joint numbers. COCO has no neck, so there the shoulders are joined. */
export function cocoSkeleton(joints: JointCount): number[][] {
  const shoulders: [number, number] = [jointIndex('left_shoulder'), jointIndex('right_shoulder')];
  const edges = joints === JOINT_COUNT ? EDGES : [...EDGES.filter((edge) => Math.max(...edge) < COCO_COUNT), shoulders];
  return edges.map(([a, b]) => [a + 1, b + 1]);
}

/** [x, y, v] of each joint; a joint without a label is 0, 0, 0, as COCO has it. */
function cocoKeypoints(labels: readonly Label[], joints: JointCount): number[] {
  return labels.slice(0, joints).flatMap((label) => (labelled(label) ? [label.x, label.y, label.visibility] : [0, 0, 0]));
}

/**
 * A COCO keypoint file. With 19 joints it holds the whole session (drafts, suggestions, verdicts, own ids) and is read back without loss; with 17,
 * neck and head_top and all that COCO has no field for are left out. categories: of all files that belong together. flagged: names of
 * images that were flagged before they were drafted, which among `images` would claim that nobody is there.
 */
export function cocoFile(
  images: readonly PlacedImage[],
  joints: JointCount,
  created: Date,
  categories = categoriesOf(images),
  flagged: readonly string[] = [],
): object {
  const files = [...new Set(images.flatMap((image) => provenanceOf(image).file ?? []))];
  const licenses = mergedLicenses(files);
  const categoryIds = idsByName(categories);
  const imageIds = chooseIds(images.map((image) => image.foreign?.id));
  const annotations = images.flatMap((image, i) => annotationsOf(image, imageIds[i] ?? 0, categories, joints));
  const ids = chooseIds(annotations.map(({ fields }) => fields.id));
  return {
    info: { ...ownInfo(joints, created), ...mergedInfo(files), coordinates: COORDINATES },
    licenses: licenses.list,
    images: images.map((image, i) => imageEntry(image, imageIds[i] ?? 0, licenses, joints)),
    annotations: annotations.map(({ category, fields }, i) => ({
      ...fields,
      id: ids[i],
      category_id: categoryIds.get(category),
    })),
    categories: categories.list.map(({ name, joints: hasJoints, fields }) => ({
      ...fields,
      id: categoryIds.get(name),
      name,
      ...(hasJoints && !categories.boxesOnly.has(name) && { keypoints: JOINTS.slice(0, joints), skeleton: cocoSkeleton(joints) }),
    })),
    ...(joints === JOINT_COUNT && flagged.length > 0 && { [OWN_FIELD]: { flagged } }),
  };
}

function idsByName({ list }: Categories): ReadonlyMap<string, Id> {
  const ids = chooseIds(list.map(({ fields }) => fields.id));
  return new Map(list.map(({ name }, i) => [name, ids[i] ?? 0]));
}

const mergedInfo = (files: readonly FileFields[]): Foreign | undefined => files.find((file) => file.info)?.info;

function ownInfo(joints: JointCount, created: Date): Foreign {
  return {
    description: `Keypoints of people, ${joints} joints, exported by posecade`,
    version: '1.0',
    year: created.getUTCFullYear(),
    contributor: '',
    url: '',
    date_created: created.toISOString(),
  };
}

function imageEntry(image: PlacedImage, id: Id, licenses: Licenses, joints: JointCount): object {
  const { split, file } = provenanceOf(image);
  const fields = entryFields(image);
  const suggestions = suggestionEntries(image.document);
  const own = {
    verdict: image.verdict,
    edited: image.edited,
    next_subject: image.document.nextId,
    split,
    ...(suggestions.length > 0 && { suggestions }),
  };
  return {
    ...fields,
    id,
    ...('license' in fields && { license: licenses.idIn(file, fields.license) }),
    file_name: image.name,
    width: image.size.width,
    height: image.size.height,
    ...(joints === JOINT_COUNT && { [OWN_FIELD]: own }),
  };
}

/** The image's annotations without their ids: its people, then what an import kept of other categories. */
function annotationsOf(image: PlacedImage, imageId: Id, { nameOf }: Categories, joints: JointCount) {
  const people = image.document.subjects.map((subject) => ({
    category: nameOf(subject),
    fields: personEntry(subject, imageId, joints),
  }));
  const others = (provenanceOf(image).others ?? []).map(({ category, fields }) => ({
    category,
    fields: { iscrowd: 0, num_keypoints: 0, ...fields, image_id: imageId } as Foreign, // COCO's evaluation reads both
  }));
  return [...people, ...others];
}

function personEntry(subject: Subject, imageId: Id, joints: JointCount): Foreign {
  const { box, labels, prediction, foreign } = subject;
  const own = { subject: subject.id, prediction: prediction && poseNumbers(prediction) };
  return {
    area: box.width * box.height,
    iscrowd: 0,
    ...foreign,
    image_id: imageId,
    bbox: [box.x, box.y, box.width, box.height],
    num_keypoints: labels.slice(0, joints).filter(labelled).length,
    keypoints: cocoKeypoints(labels, joints),
    ...(joints === JOINT_COUNT && { [OWN_FIELD]: own }),
  };
}

interface Licenses {
  readonly list: readonly unknown[];
  /** The new ID of a licence that had the given one in its file. */
  idIn(file: FileFields | undefined, id: unknown): unknown;
}

/** The licences of several files, each once, compared as JSON. Where two files use an ID for different licences, the later gets a new one. */
function mergedLicenses(files: readonly FileFields[]): Licenses {
  const distinct = [...new Map(files.flatMap(({ licenses = [] }) => licenses).map((one) => [JSON.stringify(one), one]))];
  const ids = chooseIds(distinct.map(([, one]) => (isFields(one) ? one.id : undefined)));
  const merged = new Map(
    distinct.map(([json, one], i) => [json, isFields(one) && isId(one.id) ? { ...one, id: ids[i] } : one] as const),
  );
  return {
    list: [...merged.values()],
    idIn: (file, id) => {
      const before = file?.licenses?.find((one) => isFields(one) && one.id === id);
      const after = merged.get(JSON.stringify(before) ?? '');
      return isFields(after) ? after.id : id;
    },
  };
}
