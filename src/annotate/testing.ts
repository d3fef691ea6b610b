/** People and documents for tests. */
import { keypoint, type Pose } from '../pose/pose';
import { JOINT_COUNT } from '../pose/skeleton';
import { imagePoint } from '../pose/space';
import { EMPTY_DOCUMENT, type ImageDocument, type Label, type Visibility, withSubject } from './document';

export const IMAGE = { width: 400, height: 300 };

/** 19 visible labels in a row from (x, y), `apart` pixels from each other. */
export function row(x: number, y: number, apart = 10): Label[] {
  return Array.from({ length: JOINT_COUNT }, (_, joint) => ({ ...imagePoint(x + joint * apart, y), visibility: 2 }));
}

/** A draft at the same positions, with decreasing scores: 0.95, 0.91, ... */
function drafted(labels: readonly Label[]): Pose {
  return labels.map(({ x, y }, joint) => keypoint(x, y, 0.95 - joint * 0.04));
}

export function withVisibility(labels: readonly Label[], joint: number, visibility: Visibility): Label[] {
  const nowhere = { ...imagePoint(0, 0), visibility: 0 } as const;
  return labels.map((label, index) =>
    index !== joint ? label : visibility === 0 ? nowhere : { ...imagePoint(label.x, label.y), visibility },
  );
}

/** The document with the person of that id turned into a suggestion. */
export function asSuggestion(document: ImageDocument, id: number): ImageDocument {
  return {
    ...document,
    subjects: document.subjects.filter((subject) => subject.id !== id),
    suggestions: document.subjects.filter((subject) => subject.id === id),
  };
}

/** A document with one person per list of labels, each in a box around its row; ids from 1. */
export function documentOf(...people: readonly (readonly Label[])[]): ImageDocument {
  return people.reduce<ImageDocument>((document, labels) => {
    const first = labels[0] ?? imagePoint(0, 0);
    const box = { x: first.x - 5, y: first.y - 30, width: 200, height: 60 };
    return withSubject(document, { box, labels, prediction: drafted(labels), foreign: undefined }).document;
  }, EMPTY_DOCUMENT);
}
