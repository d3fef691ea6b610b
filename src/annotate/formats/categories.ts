import type { AnnotatedImage, Subject } from '../document';
import { type ImportedCategory, provenanceOf } from './provenance';

const PERSON: ImportedCategory = { name: 'person', joints: true, fields: { supercategory: 'person' } };

/** The categories of an export: those that were imported, in their order, and one for people who have none. */
export interface Categories {
  readonly list: readonly ImportedCategory[];
  /** Names of those that only boxes without joints have, in any of the images. */
  readonly boxesOnly: ReadonlySet<string>;
  /** The name of a person's category. */
  nameOf(subject: Subject): string;
}

export function categoriesOf(images: readonly Pick<AnnotatedImage, 'foreign' | 'document'>[]): Categories {
  const byName = new Map<string, ImportedCategory>();
  for (const file of new Set(images.flatMap((image) => provenanceOf(image).file ?? []))) {
    for (const category of file.categories) {
      const before = byName.get(category.name);
      byName.set(category.name, before ? { ...before, joints: before.joints || category.joints } : category);
    }
  }
  const usual = byName.has(PERSON.name) ? PERSON.name : ([...byName.values()].find(({ joints }) => joints)?.name ?? PERSON.name);
  const nameOf = ({ category }: Subject) => category ?? usual;
  const used = new Set(images.flatMap(({ document }) => document.subjects.map(nameOf)));
  const others = images.flatMap((image) => (provenanceOf(image).others ?? []).map(({ category }) => category));
  const boxesOnly = new Set(others.filter((name) => !used.has(name)));
  if (byName.size === 0) used.add(usual);
  for (const name of used) {
    const { fields = PERSON.fields } = byName.get(name) ?? {};
    byName.set(name, { name, joints: true, fields });
  }
  return { list: [...byName.values()], boxesOnly, nameOf };
}
