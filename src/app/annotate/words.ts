import { asideSentence, count, megabytes } from '../shell/format';
import type { Exported } from './export';
import type { ImageStatus } from './image-record';
import type { Filter, Sort } from './state';

export const STATUS_WORD: Readonly<Record<ImageStatus['kind'], string>> = {
  failed: 'failed',
  flagged: 'flagged',
  accepted: 'accepted',
  edited: 'edited',
  drafting: 'drafting…',
  queued: 'queued',
  drafted: 'drafted',
};

export const FILTER_WORD: Readonly<Record<Filter, string>> = {
  all: 'All',
  unfinished: 'Unfinished',
  flagged: 'Flagged',
  accepted: 'Accepted',
  failed: 'Failed',
};

export const SORT_WORD: Readonly<Record<Sort, string>> = {
  given: 'In order',
  name: 'By name',
  worst: 'Worst first',
};

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago something was: 'just now', '12 minutes ago', '3 days ago'. Times in milliseconds. */
export function ago(then: number, now: number): string {
  const step = STEPS.find(([, length]) => now - then >= length);
  if (!step) return 'just now';
  return new Intl.RelativeTimeFormat('en').format(-Math.floor((now - then) / step[1]), step[0]);
}

/** What was saved, and what could not be. */
export function exportSentence({ name, blob, missing }: Exported): string {
  const saved = `${name} saved (${megabytes(blob.size)}).`;
  return missing.length === 0
    ? saved
    : `${saved} ${count(missing.length, 'image')} could not be read and ${missing.length === 1 ? 'is' : 'are'} not included.`;
}

/** Maximum number of files named in a sentence. */
const NAMED = 4;

/** The result of an import. done: a sentence, as are notes. passedOver: paths of files that hold no labels. */
export function importSentence(done: string, notes: readonly string[], passedOver: readonly string[]): string {
  const more = passedOver.length > NAMED ? ` and ${passedOver.length - NAMED} more` : '';
  const aside = asideSentence(passedOver.length, `: ${passedOver.slice(0, NAMED).join(', ')}${more}`);
  return [done, ...notes, aside].join(' ').trim();
}

/** The result of adding images. there: already in the session. renamed: of those added. others: files that are not images. */
export function addedSentence(added: number, there: number, renamed: number, others: number): string {
  const sentences = [
    added > 0 || there === 0 ? `${count(added, 'image')} added.` : '',
    there > 0
      ? `${count(there, 'image')} ${there === 1 ? 'is' : 'are'} already here and ${there === 1 ? 'was' : 'were'} not added again.`
      : '',
    renamed > 0
      ? `${count(renamed, 'image')} ${renamed === 1 ? 'was' : 'were'} renamed, because other images here have the same names.`
      : '',
    asideSentence(others),
  ];
  return sentences.filter(Boolean).join(' ');
}
