import { type Box, clampPoint, type Size } from '../pose/roi';
import { JOINT_COUNT, MIRROR } from '../pose/skeleton';
import { type ImagePoint, imagePoint } from '../pose/space';
import {
  type ImageDocument,
  isCrowd,
  type Label,
  labelsFromPose,
  labelWithin,
  noLabels,
  type Subject,
  type Visibility,
  withSubject,
} from './document';

/** The edits of a document. An edit that cannot be made (no such person, nothing to change) returns the same document object. */

export function subjectOf(document: ImageDocument, id: number | undefined): Subject | undefined {
  return document.subjects.find((subject) => subject.id === id);
}

export function labelOf(document: ImageDocument, subject: number | undefined, joint: number | undefined): Label | undefined {
  return joint === undefined ? undefined : subjectOf(document, subject)?.labels[joint];
}

/** The document with one person changed. */
export function withChanged(document: ImageDocument, id: number, change: (subject: Subject) => Subject): ImageDocument {
  const before = subjectOf(document, id);
  if (!before) return document;
  const after = change(before);
  if (after === before) return document;
  return { ...document, subjects: document.subjects.map((subject) => (subject === before ? after : subject)) };
}

const same = (a: Label | undefined, b: Label) => a?.x === b.x && a.y === b.y && a.visibility === b.visibility;

/** The document with one person's labels replaced. */
export function withLabels(document: ImageDocument, id: number, relabel: (subject: Subject) => readonly Label[]): ImageDocument {
  return withChanged(document, id, (subject) => {
    const labels = relabel(subject);
    return labels.every((label, joint) => same(subject.labels[joint], label)) ? subject : { ...subject, labels };
  });
}

function withLabel(document: ImageDocument, id: number, joint: number, relabel: (label: Label) => Label): ImageDocument {
  return withLabels(document, id, ({ labels }) => labels.map((label, index) => (index === joint ? relabel(label) : label)));
}

/** Moves a labelled joint, within the image. */
export function moveJoint(document: ImageDocument, id: number, joint: number, to: ImagePoint, image: Size): ImageDocument {
  return withLabel(document, id, joint, (label) =>
    label.visibility === 0 ? label : { ...clampPoint(to, image), visibility: label.visibility },
  );
}

/** Labels a joint as visible at a position, wherever it was before. */
export function placeJoint(document: ImageDocument, id: number, joint: number, at: ImagePoint, image: Size): ImageDocument {
  return withLabel(document, id, joint, () => ({ ...clampPoint(at, image), visibility: 2 }));
}

/** Changes a joint's visibility; 0 removes the label together with its position. */
export function setVisibility(document: ImageDocument, id: number, joint: number, visibility: Visibility): ImageDocument {
  return withLabel(document, id, joint, (label) =>
    visibility === 0 || label.visibility === 0 ? { ...imagePoint(0, 0), visibility: 0 } : { ...label, visibility },
  );
}

/** The likely position of a joint without a label: where the draft has it, else the middle of the box. */
export function likelyPlace({ prediction, box }: Subject, joint: number): ImagePoint {
  const drafted = prediction?.[joint];
  return drafted ? imagePoint(drafted.x, drafted.y) : imagePoint(box.x + box.width / 2, box.y + box.height / 2);
}

/** Swaps a joint with its twin on the other side; a middle joint stays. */
export function swapJoint(document: ImageDocument, id: number, joint: number): ImageDocument {
  const twin = MIRROR[joint] ?? joint;
  return withLabels(document, id, ({ labels }) =>
    labels.map((label, index) => (index === joint || index === twin ? (labels[MIRROR[index] ?? index] ?? label) : label)),
  );
}

/** Swaps a person's left and right. */
export function swapSides(document: ImageDocument, id: number): ImageDocument {
  return withLabels(document, id, ({ labels }) => labels.map((label, joint) => labels[MIRROR[joint] ?? joint] ?? label));
}

/** Resets joints to the draft: labelled from `threshold` on. Does nothing to a person that was never drafted. */
export function resetJoints(
  document: ImageDocument,
  id: number,
  joints: readonly number[],
  { threshold, image }: { readonly threshold: number; readonly image: Size },
): ImageDocument {
  return withLabels(document, id, ({ labels, prediction }) => {
    const drafted = prediction && labelsFromPose(prediction, threshold, image);
    return labels.map((label, joint) => (joints.includes(joint) ? (drafted?.[joint] ?? label) : label));
  });
}

/** Adds a person with a box and no labels. Also returns that person's id. */
export function addSubject(document: ImageDocument, box: Box): { document: ImageDocument; id: number } {
  return withSubject(document, { box, labels: noLabels(), prediction: undefined, foreign: undefined });
}

export function deleteSubject(document: ImageDocument, id: number): ImageDocument {
  if (!subjectOf(document, id)) return document;
  return { ...document, subjects: document.subjects.filter((subject) => subject.id !== id) };
}

/** Makes a suggestion a person, under the same id. */
export function keepSuggestion(document: ImageDocument, id: number): ImageDocument {
  const kept = document.suggestions?.find((subject) => subject.id === id);
  return kept ? { ...dismissSuggestion(document, id), subjects: [...document.subjects, kept] } : document;
}

export function dismissSuggestion(document: ImageDocument, id: number): ImageDocument {
  const { suggestions = [] } = document;
  const left = suggestions.filter((subject) => subject.id !== id);
  return left.length === suggestions.length ? document : { ...document, suggestions: left };
}

/**
 * Adds the people of another image, without what lies outside this one, which may be smaller; those beyond its edges, and crowds, are not
 * copied. Their drafts and foreign fields belong to the other image and are not copied either.
 */
export function copySubjects(document: ImageDocument, from: ImageDocument, image: Size): ImageDocument {
  const reaches = ({ x, y, width, height }: Box) => x < image.width && y < image.height && x + width > 0 && y + height > 0;
  const people = from.subjects.filter((subject) => !isCrowd(subject) && reaches(subject.box));
  return people.reduce((into, { box, labels, category }) => {
    const [a, b] = [
      clampPoint(imagePoint(box.x, box.y), image),
      clampPoint(imagePoint(box.x + box.width, box.y + box.height), image),
    ];
    return withSubject(into, {
      box: { x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y },
      labels: labels.map((label) => labelWithin(label, image)),
      prediction: undefined,
      foreign: undefined,
      ...(category !== undefined && { category }),
    }).document;
  }, document);
}

export function withBox(document: ImageDocument, id: number, box: Box): ImageDocument {
  return withChanged(document, id, (subject) => ({ ...subject, box }));
}

/** How many of a person's joints are labelled. */
export function labelledCount({ labels }: Subject): number {
  return labels.slice(0, JOINT_COUNT).filter(({ visibility }) => visibility > 0).length;
}
