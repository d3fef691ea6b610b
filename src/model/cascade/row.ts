import type { MapDetail } from '../model-info';
import type { Contract } from './contract';
import { VERDICT } from './person-head';

/** Numbers a joint: peak's index; window mass and moments; fine mean and largest cell. */
export const COLUMNS = 7;

/** Numbers of a coarse map that follow its cells and are no part of the image. */
const TAIL = 2;

/** Of a colour. */
export const CHANNELS = 3;

/**
 * What is read back for a person is a row of numbers: the joints' columns, the person head's logits, the mean colour of each coarse cell as the
 * network sees it, the coarse maps, the fine maps. Where they begin.
 */
export function rowOf({ joints, coarse, fine }: Pick<Contract, 'joints' | 'coarse' | 'fine'>) {
  /** Of a coarse map. */
  const stored = coarse.cells ** 2 + TAIL;
  const verdict = joints.length * COLUMNS;
  const colours = verdict + VERDICT;
  const coarseMaps = colours + CHANNELS * coarse.cells ** 2;
  const fineMaps = coarseMaps + joints.length * stored;
  return { verdict, colours, coarseMaps, fineMaps, length: fineMaps + joints.length * fine.cells ** 2, stored };
}

/** How much of a row is read back. */
export function lengthOf(contract: Contract, maps: MapDetail): number {
  const { coarseMaps, fineMaps, length } = rowOf(contract);
  return { none: coarseMaps, coarse: fineMaps, all: length }[maps];
}
