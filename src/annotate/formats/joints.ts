import { JOINTS, type JointName, jointIndex } from '../../pose/skeleton';
import { imagePoint } from '../../pose/space';
import { type Label, noLabels } from '../document';
import { shown } from './fields';

/** What other tools call our joints. */
const ALIASES: Readonly<Record<string, JointName>> = { top_head: 'head_top', top_of_head: 'head_top', headtop: 'head_top' };

/**
 * Which of JOINTS each name of a file means; names are compared without regard to case, spaces and hyphens.
 * Every name that is unknown or comes twice is told to `complain`.
 */
export function jointsByName(names: readonly unknown[], complain: (what: string) => void): number[] {
  const found = names.map((name) => {
    const plain =
      typeof name === 'string'
        ? name
            .trim()
            .toLowerCase()
            .replace(/[\s-]+/g, '_')
        : '';
    const index = jointIndex(ALIASES[plain] ?? (plain as JointName));
    if (index < 0) complain(`The joint ${shown(name)} is none of the ${JOINTS.length} that can be labelled here.`);
    return index;
  });
  found.forEach((index, i) => {
    if (index >= 0 && found.indexOf(index) < i) complain(`The joint ${shown(names[i])} comes twice.`);
  });
  return found;
}

/** 19 labels from triples in a file's own order of joints; the joints that the file does not have stay without a label. */
export function labelsInOrder(order: readonly number[], at: (place: number) => { x: number; y: number; v: number }): Label[] {
  const labels = noLabels();
  order.forEach((joint, place) => {
    const { x, y, v } = at(place);
    if (v === 1 || v === 2) labels[joint] = { ...imagePoint(x, y), visibility: v };
  });
  return labels;
}
