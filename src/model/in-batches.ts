import type { Roi } from '../pose/space';
import { BATCH, type PersonReading } from './pose-model';

/**
 * Runs a pass on each crop, BATCH at a time, and returns the person in each, in order. read: runs the model on a batch. convert: makes of a
 * reading what is returned. onBatch: called after each batch with the people in all crops so far. Rejects if a batch does.
 */
export async function inBatches<T>(
  rois: readonly Roi[],
  read: (batch: readonly Roi[]) => Promise<readonly PersonReading[]>,
  convert: (reading: PersonReading, roi: Roi) => T,
  onBatch: (found: readonly T[]) => void = () => undefined,
): Promise<T[]> {
  const found: T[] = [];
  for (let i = 0; i < rois.length; i += BATCH) {
    const batch = rois.slice(i, i + BATCH);
    const readings = await read(batch);
    for (const [k, roi] of batch.entries()) {
      const reading = readings[k];
      if (reading) found.push(convert(reading, roi));
    }
    onBatch(found);
  }
  return found;
}
