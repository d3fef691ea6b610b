import type { MapDetail } from '../model-info';
import type { Contract } from './contract';
import { VERDICT } from './person-head';

/** Numbers per joint: index of the peak; window mass and moments; fine mean and largest cell. */
export const COLUMNS = 7;

/** Numbers of a coarse map that follow its cells and are not part of the image. */
const TAIL = 2;

/** Channels of a colour. */
export const CHANNELS = 3;

/**
 * One row of numbers is read back per person: the joints' columns, the person head's logits, the mean colour of each coarse cell as the
 * network sees it, the coarse maps, the fine maps. Returns where each begins.
 */
export function rowOf({ joints, coarse, fine }: Pick<Contract, 'joints' | 'coarse' | 'fine'>) {
  /** Numbers per coarse map, tail included. */
  const stored = coarse.cells ** 2 + TAIL;
  const verdict = joints.length * COLUMNS;
  const colours = verdict + VERDICT;
  const coarseMaps = colours + CHANNELS * coarse.cells ** 2;
  const fineMaps = coarseMaps + joints.length * stored;
  return { verdict, colours, coarseMaps, fineMaps, length: fineMaps + joints.length * fine.cells ** 2, stored };
}

/** How many numbers of a row are read back. */
export function lengthOf(contract: Contract, maps: MapDetail): number {
  const { coarseMaps, fineMaps, length } = rowOf(contract);
  return { none: coarseMaps, coarse: fineMaps, all: length }[maps];
}
