import type { AnnotatedImage, Foreign } from '../document';
import type { Split } from './split';

/** What an import keeps about an image besides its people, so that an export can give it back. */
export interface Provenance {
  /** As spelt in the label file. */
  readonly fileName?: string;
  /** Set if the dataset states it in another way than by the image's folder. */
  readonly split?: Split;
  /** Annotations of the image that are not people. */
  readonly others?: readonly OtherAnnotation[];
  /** What the label file states once for all of its images. */
  readonly file?: FileFields;
}

export interface OtherAnnotation {
  /** The name of its category. */
  readonly category: string;
  /** As in a COCO file: bbox and whatever else it has. */
  readonly fields: Foreign;
}

export interface FileFields {
  readonly info?: Foreign;
  readonly licenses?: readonly unknown[];
  readonly categories: readonly ImportedCategory[];
}

/** A category of COCO or a class of YOLO. */
export interface ImportedCategory {
  readonly name: string;
  /** Its annotations have joints, so they are people here. */
  readonly joints: boolean;
  /** All other fields, including its id. */
  readonly fields: Foreign;
}

/** The field of an image's foreign fields that holds its provenance; no export writes it. */
const FIELD = 'posecade_provenance';

export function withProvenance(foreign: Foreign, provenance: Provenance): Foreign {
  return { ...foreign, [FIELD]: provenance };
}

export function provenanceOf(image: Pick<AnnotatedImage, 'foreign'>): Provenance {
  return (image.foreign?.[FIELD] as Provenance | undefined) ?? {};
}

/** The foreign fields of an image after another import. A list of results has no provenance: then what is known stays. */
export function foreignAfter(before: Foreign | undefined, imported: Foreign | undefined): Foreign | undefined {
  if (!imported) return before;
  return FIELD in imported ? imported : { ...before, ...imported };
}

/** The foreign fields of the image's own entry in its file. */
export function entryFields(image: Pick<AnnotatedImage, 'foreign'>): Foreign {
  const { [FIELD]: _, ...fields } = image.foreign ?? {};
  return fields;
}
