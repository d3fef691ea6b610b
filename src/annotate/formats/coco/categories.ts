import type { Foreign } from '../../document';
import type { ReadContext } from '../context';
import { isFields } from '../fields';
import { type JointTable, MAX_JOINTS } from '../joint-table';
import type { Problems } from '../problem';
import { isId } from './ids';

export interface Category {
  readonly name: string;
  /** What its joints are; undefined for a category without joints. */
  readonly table: JointTable | undefined;
  /** Its joints as named in the file. */
  readonly jointNames: readonly unknown[] | undefined;
  /** All other fields, including its id. */
  readonly fields: Foreign;
}

/**
 * The categories of a file, by their ids. If one names no joints but its annotations have some, the user is asked which joints those are. A
 * file without categories has one: people.
 */
export function readCategories(
  values: readonly unknown[],
  annotations: readonly unknown[],
  context: ReadContext,
  problems: Problems,
): Map<string, Category> {
  const counts = countJoints(annotations);
  const categories = new Map<string, Category>();
  const given = values.length > 0 ? values : [...counts.keys()].map((id) => ({ id, name: 'person' }));
  for (const [i, value] of given.entries()) {
    const where = isFields(value) && isId(value.id) ? `category ${value.id}` : `category entry ${i + 1}`;
    if (!isFields(value) || !isId(value.id)) {
      problems.add(where, 'A category needs a whole number or text as its ID.');
      continue;
    }
    const { keypoints, skeleton: _skeleton, ...fields } = value;
    if (categories.has(String(value.id))) problems.add(where, 'Duplicate ID among the categories.');
    const names = Array.isArray(keypoints) && keypoints.length > 0 ? keypoints : undefined;
    const count = names?.length ?? counts.get(String(value.id)) ?? 0;
    const name = String(value.name ?? 'person');
    if (count > MAX_JOINTS) problems.add(`${where}, keypoints`, `It has ${count} joints; at most ${MAX_JOINTS} are supported.`);
    const table = count > 0 && count <= MAX_JOINTS ? context.joints({ file: problems.file, names, count }) : undefined;
    categories.set(String(value.id), { name, table, jointNames: names, fields });
  }
  return categories;
}

/** How many joints the annotations of each category have, by the category's id. */
function countJoints(annotations: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of annotations) {
    if (!isFields(value) || !Array.isArray(value.keypoints) || value.keypoints.length % 3 !== 0) continue;
    const id = String(value.category_id);
    counts.set(id, Math.max(counts.get(id) ?? 0, value.keypoints.length / 3));
  }
  return counts;
}
