import type { KnownImage } from './match';
import type { SizedImage } from './notes';
import type { Imported, MissingImages } from './problem';

/** A text file with its path in the folder or zip that it is in. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Reads the label files of one format for these images. Nothing is half-read. */
export type Reader = (files: readonly TextFile[], images: readonly KnownImage[], missing: MissingImages) => Imported;

/** One way to save labels. `registry.ts` lists them all: a new format is a file with one of these, and a line there. */
export interface Format {
  /** Unique; the saved file is called `posecade-<id>.<extension>`. */
  readonly id: string;
  /** In the export dialog. */
  readonly label: string;
  /** One or two sentences: what it is for and what it leaves out. */
  readonly hint: string;
  /** 'zip' if `write` makes several files. */
  readonly extension: 'json' | 'csv' | 'zip';
  /** Of the saved file. */
  readonly mime: string;
  /** The files, one after the other, so that only one has to be in memory at a time. Paths are relative, '/' between folders. */
  write(images: readonly SizedImage[], created: Date): Iterable<TextFile>;
  /** Formats that are read by the same rules share a reader. */
  readonly read?: Reader;
}
