import type { Foreign, ImageDocument, Verdict } from '../document';
import type { JointQuestion } from './joint-table';

/** One thing that is wrong in a file that was to be imported. */
export interface Problem {
  readonly file: string;
  /** Where in the file, in words: 'annotation 12, keypoints', 'line 3'. Empty for the file as a whole. */
  readonly where: string;
  /** What is wrong, a sentence. */
  readonly what: string;
  /**
   * broken: the file has to be mended. missing-image: the image is not here. elsewhere: one of the same name is here, but in another
   * folder. reviewed-image: the labels would replace some that were edited, or that somebody has judged.
   */
  readonly kind: 'broken' | 'missing-image' | 'elsewhere' | 'reviewed-image';
  /** How many images it is about, if it sums up several. */
  readonly images?: number;
}

/** Labels for one image of the session. */
export interface ImportedImage {
  /** Of the session's image. */
  readonly id: number;
  readonly document: ImageDocument;
  readonly verdict: Verdict;
  readonly edited: boolean;
  readonly foreign: Foreign | undefined;
}

/** What label files say. An image is either whole and sound or not among `images` at all. */
export interface Imported {
  readonly images: readonly ImportedImage[];
  /** Why others are missing. */
  readonly problems: readonly Problem[];
  /** How many images the files refer to, sound or not. */
  readonly total: number;
  /** What was interpreted in a way that the user should know about; sentences. */
  readonly notes: readonly string[];
  /** Paths of files that hold no labels, or the same labels once more. */
  readonly passedOver: readonly string[];
  /** Has to be answered before the labels can be read; the rest is then empty. */
  readonly question: JointQuestion | undefined;
}

export const NOTHING: Imported = { images: [], problems: [], total: 0, notes: [], passedOver: [], question: undefined };

/** Of a file of which nothing can be taken. */
export const refused = (file: string, what: string): Imported => ({
  ...NOTHING,
  problems: [{ file, where: '', what, kind: 'broken' }],
});

/** Collects what is wrong with one file. */
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
