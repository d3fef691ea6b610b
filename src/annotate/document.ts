import type { Pose } from '../pose/pose';
import { type Box, clampPoint, type Size } from '../pose/roi';
import { JOINT_COUNT } from '../pose/skeleton';
import { type ImagePoint, imagePoint } from '../pose/space';

/**
 * The annotator's documents. All coordinates are pixels of the original image after EXIF orientation, pixel-edge (the centre of the first
 * pixel is (0.5, 0.5)); left and right are the person's own. Everything is immutable: an edit makes a new document.
 */

/** COCO's v. 0: not labelled, so its position is meaningless. 1: labelled, but hidden. 2: labelled and visible. */
export type Visibility = 0 | 1 | 2;

/** One joint's label. */
export interface Label extends ImagePoint {
  readonly visibility: Visibility;
}

/** Fields of an imported file that mean nothing here, kept for the export. */
export type Foreign = Readonly<Record<string, unknown>>;

export interface Subject {
  /** Unique within its document, never reused. */
  readonly id: number;
  /** Around the person; edited independently of the joints. */
  readonly box: Box;
  /** One for each of JOINTS. */
  readonly labels: readonly Label[];
  /** The cascade's draft: shown as the ghost, and restored by a reset. Its scores are the draft's. */
  readonly prediction: Pose | undefined;
  /** Of an imported person: the class or category, unless it is 'person'. */
  readonly category?: string;
  /** For an imported annotation: its own id and all fields that the rest of this object does not express. */
  readonly foreign: Foreign | undefined;
}

/** The people of one image. */
export interface ImageDocument {
  readonly subjects: readonly Subject[];
  /** People the network is not sure of, most likely first: no labels until kept. They share one id sequence with the subjects. */
  readonly suggestions?: readonly Subject[];
  /** The id that the next subject gets. */
  readonly nextId: number;
}

/** The user's judgement of an image, stored and exported under this name; not the person head's. */
export type Verdict = 'open' | 'accepted' | 'flagged';

/** One image of a session with its labels, as it is stored and exported; the pixels are stored elsewhere, under its id. */
export interface AnnotatedImage {
  /** Unique within the session. */
  readonly id: number;
  /** File name with the folders it came in, separated by '/'; unique within the session. */
  readonly name: string;
  /** After EXIF orientation; undefined until the image has been decoded once. */
  readonly size: Size | undefined;
  readonly document: ImageDocument;
  readonly verdict: Verdict;
  /** Changed by hand since it was drafted or imported. */
  readonly edited: boolean;
  /** Fields of the imported image entry. */
  readonly foreign: Foreign | undefined;
}

/** Whether somebody has worked on it: neither its labels nor its verdict may be discarded without asking first. */
export const isReviewed = ({ edited, verdict }: Pick<AnnotatedImage, 'edited' | 'verdict'>): boolean =>
  edited || verdict !== 'open';

export const EMPTY_DOCUMENT: ImageDocument = { subjects: [], nextId: 1 };

const UNLABELLED: Label = { ...imagePoint(0, 0), visibility: 0 };

/** 19 joints without a label. */
export function noLabels(): Label[] {
  return Array.from({ length: JOINT_COUNT }, () => UNLABELLED);
}

/** COCO's mark for a box around a crowd whose people are not annotated individually. */
export const isCrowd = ({ foreign }: Subject): boolean => foreign?.iscrowd === 1 || foreign?.iscrowd === true;

/** A joint outside the image by at most this share of the image's longer side is put on the border. */
const BORDER = 0.02;

/** A label as it may be in an image: one just outside is put on the border, and one farther out is no label. */
export function labelWithin(label: Label, image: Size): Label {
  if (label.visibility === 0) return UNLABELLED;
  const inside = clampPoint(label, image);
  const out = Math.hypot(label.x - inside.x, label.y - inside.y);
  return out > BORDER * Math.max(image.width, image.height) ? UNLABELLED : { ...inside, visibility: label.visibility };
}

/**
 * The labels that a draft proposes: visible where the score reaches the threshold, else none. In an image of a known size all are inside:
 * some trainers skip an image with a joint outside it.
 */
export function labelsFromPose(pose: Pose, threshold: number, image: Size | undefined): Label[] {
  return pose.map(({ x, y, score }): Label => {
    if (score < threshold) return UNLABELLED;
    const label: Label = { ...imagePoint(x, y), visibility: 2 };
    return image ? labelWithin(label, image) : label;
  });
}

/** The document, changed to assign no id below `nextId`: undone steps used lower ids, and late drafts may still refer to them. */
export function withNextId(document: ImageDocument, nextId: number): ImageDocument {
  return document.nextId >= nextId ? document : { ...document, nextId };
}

/** The document with one more person, and that person's id. */
export function withSubject(document: ImageDocument, subject: Omit<Subject, 'id'>): { document: ImageDocument; id: number } {
  const id = document.nextId;
  return { document: { ...document, subjects: [...document.subjects, { ...subject, id }], nextId: id + 1 }, id };
}

/** The document with one more suggestion, after those that it has. */
export function withSuggestion(document: ImageDocument, subject: Omit<Subject, 'id'>): ImageDocument {
  const { suggestions = [], nextId: id } = document;
  return { ...document, suggestions: [...suggestions, { ...subject, id }], nextId: id + 1 };
}
