import type { JointAnswers, JointQuestion, JointTable } from './joint-table';
import { type FileJoints, isQuestion, jointTable } from './joint-table';
import { type KnownImage, type Match, matcher, type Reference } from './match';

/** What the user has said about files like these. */
export interface ReadOptions {
  /** What a file's joints are. */
  readonly joints: JointAnswers;
  /** Images are found by file name alone, even if they are in another folder. */
  readonly byName: boolean;
}

/** What a reader knows besides its files. */
export class ReadContext {
  readonly images: readonly KnownImage[];
  readonly #answers: JointAnswers;
  /** Finds an image by the path that a label file gives for it. */
  readonly find: (reference: Reference) => Match;
  /** The same, for a path without an extension. */
  readonly findWithoutExtension: (reference: Reference) => Match;
  /** The first question that came up. */
  question: JointQuestion | undefined;

  constructor(images: readonly KnownImage[], { joints, byName }: ReadOptions) {
    this.images = images;
    this.#answers = joints;
    this.find = matcher(images, { byName });
    this.findWithoutExtension = matcher(images, { byName, anyExtension: true });
  }

  /** Which of our joints a file's joints are; undefined if only the user can tell, which sets `question`. */
  joints(file: FileJoints): JointTable | undefined {
    const table = jointTable(file, this.#answers);
    if (!isQuestion(table)) return table;
    this.question ??= table;
    return undefined;
  }
}
