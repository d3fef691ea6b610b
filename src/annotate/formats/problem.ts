import type { Foreign, ImageDocument, Verdict } from '../document';

/** One thing that is wrong in a file that was to be imported. */
export interface Problem {
  readonly file: string;
  /** Where in the file, in words: 'annotation 12, keypoints', 'line 3'. Empty for the file as a whole. */
  readonly where: string;
  /** What is wrong, a sentence. */
  readonly what: string;
  /**
   * broken: the file has to be mended. The user may choose to do without a missing-image, and to lose the labels of an edited-image, which
   * has some that a hand has set.
   */
  readonly kind: 'broken' | 'missing-image' | 'edited-image';
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

/** All of a file, or everything that is wrong with it: nothing is half-imported. */
export type Imported =
  | { readonly ok: true; readonly images: readonly ImportedImage[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What becomes of labels for images that are not here: every one a problem, or left out because the user said so. */
export type MissingImages = 'refuse' | 'skip';

/** Collects what is wrong with one file. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(where: string, what: string, kind: Problem['kind'] = 'broken'): void {
    this.list.push({ file: this.#file, where, what, kind });
  }
}
