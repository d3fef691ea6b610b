import type { AnnotatedImage, Label, Subject } from '../document';

export type FindingKind = 'bare' | 'swap' | 'outside' | 'box' | 'limb' | 'angle' | 'unsure';

/** Something in the labels that a person should look at. */
export interface Finding {
  /** The image's id. */
  readonly image: number;
  /** The subject's id. */
  readonly subject: number;
  /** Which of JOINTS. */
  readonly joints: readonly number[];
  readonly kind: FindingKind;
  /** What looks wrong, as a sentence. */
  readonly what: string;
  /** 3: very likely wrong. 2: unusual. 1: worth a look. */
  readonly severity: 1 | 2 | 3;
}

/** Identifies a finding across edits made elsewhere, for as long as the session lives: ids are never reused. */
export const findingKey = ({ image, subject, kind, joints }: Finding) => [image, subject, kind, ...joints].join(' ');

/** A person and the image that they are in. */
export interface Case {
  readonly image: AnnotatedImage;
  readonly subject: Subject;
}

/** What one check reports about a person: a finding without the ids of its image and person. */
export type Remark = Omit<Finding, 'image' | 'subject'>;

/** A joint's label, if it is labelled (visible or hidden). */
export function placed(subject: Subject, joint: number): Label | undefined {
  const label = subject.labels[joint];
  return label && label.visibility > 0 ? label : undefined;
}

export const distance = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Words joined as in a sentence: 'a, b and c'. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Median absolute deviation, scaled to be the standard deviation of a normal distribution. */
export function spread(values: readonly number[], middle = median(values)): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}
