import { labelledCount } from '../edit';
import type { Case, Remark } from './finding';

/** A person without any labels: a box drawn while nothing could be drafted. Imported files may contain such boxes on purpose. */
export function checkLabelled({ subject }: Case): Remark[] {
  if (labelledCount(subject) > 0) return [];
  return [
    {
      kind: 'bare',
      severity: subject.foreign ? 1 : 3,
      joints: [],
      what: 'No joint of this person is labelled. Draft the person again, or delete them.',
    },
  ];
}
