import type { ReadContext } from './context';
import type { LabelFile, TextFile } from './label-file';
import type { PlacedImage } from './placed';
import type { Imported } from './problem';

/** Reads the label files of a format. */
export interface Reader {
  /** Whether this reader handles the file, judged by its content. */
  takes(file: LabelFile): boolean;
  /** Reads the files that it takes; `beside` are all other given files. */
  read(files: readonly LabelFile[], context: ReadContext, beside: readonly LabelFile[]): Imported;
}

/** One way to save labels. `registry.ts` lists them all: a new format is a file with one of these, and a line there. */
export interface Format {
  /** Unique; the saved file is called `posecade-<id>.<extension>`. */
  readonly id: string;
  /** In the export dialog. */
  readonly label: string;
  /** One or two sentences: what it is for and what it leaves out. */
  readonly hint: string;
  /** 'zip' if `write` always makes several files. */
  readonly extension: 'json' | 'csv' | 'zip';
  /** Of the saved file. */
  readonly mime: string;
  /** Keeps training and validation images apart. */
  readonly splits: boolean;
  /** The extensions of the images that programs which use it open, if they look at the extension. */
  readonly opens?: RegExp;
  /**
   * The files, one after the other, so that only one has to be in memory at a time. Paths are relative, '/' between folders. flagged: names
   * of images that are left out, because they have no draft yet, but were flagged.
   */
  write(images: readonly PlacedImage[], created: Date, flagged?: readonly string[]): Iterable<TextFile>;
  /** Formats that are read by the same rules share a reader. */
  readonly read?: Reader;
}
