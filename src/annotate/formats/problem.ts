import type { Foreign, ImageDocument, Verdict } from '../document';
import type { JointQuestion } from './joint-table';

/** One thing that is wrong in a file to be imported. */
export interface Problem {
  readonly file: string;
  /** Where in the file, in words: 'annotation 12, keypoints', 'line 3'. Empty for the file as a whole. */
  readonly where: string;
  /** What is wrong, as a sentence. */
  readonly what: string;
  /**
   * broken: the file has to be fixed. missing-image: the image is not here. elsewhere: one of the same name is here, but in another
   * folder. reviewed-image: the labels would replace some that were edited or have a verdict.
   */
  readonly kind: 'broken' | 'missing-image' | 'elsewhere' | 'reviewed-image';
  /** How many images it concerns, if it sums up several. */
  readonly images?: number;
}

/** Labels for one image of the session. */
export interface ImportedImage {
  /** The id of the session's image. */
  readonly id: number;
  readonly document: ImageDocument;
  readonly verdict: Verdict;
  readonly edited: boolean;
  readonly foreign: Foreign | undefined;
}

/** The content of label files. An image is either complete and valid, or not in `images` at all. */
export interface Imported {
  readonly images: readonly ImportedImage[];
  /** Why other images are missing. */
  readonly problems: readonly Problem[];
  /** How many images the files refer to, valid or not. */
  readonly total: number;
  /** Interpretations that the user should know about, as sentences. */
  readonly notes: readonly string[];
  /** Ids of the session's images that were flagged, without labels: they had not been drafted yet. */
  readonly flagged: readonly number[];
  /** Paths of files that hold no labels, or the same labels once more. */
  readonly passedOver: readonly string[];
  /** Has to be answered before the labels can be read; the rest is then empty. */
  readonly question: JointQuestion | undefined;
}

export const NOTHING: Imported = {
  images: [],
  problems: [],
  total: 0,
  notes: [],
  flagged: [],
  passedOver: [],
  question: undefined,
};

/** What is wrong where a label file's name for an image fits several. */
export const severalCouldBe = (name: string) =>
  `Several images here could be ${name}. Write its folder in the label file, or remove the others.`;

/** The result for a file from which nothing can be imported. */
export const refused = (file: string, what: string): Imported => ({
  ...NOTHING,
  problems: [{ file, where: '', what, kind: 'broken' }],
});

/** Collects the problems of one file. */
export class Problems {
  readonly list: Problem[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  add(where: string, what: string, kind: Problem['kind'] = 'broken'): void {
    this.list.push({ file: this.file, where, what, kind });
  }
}
