import type { Problem } from '../../annotate/formats/problem';
import { asideSentence, count, megabytes, namesOf } from '../shell/format';
import type { Exported } from './export';
import type { ImageStatus } from './image-record';
import type { Decision } from './import';
import type { Filter, SessionState, Sort } from './state';

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
  given: 'As added',
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

/** What became of given images. there: already in the session. returned: their files had been lost. renamed: of those added. */
interface Added {
  readonly added: number;
  readonly there: number;
  readonly returned: number;
  readonly renamed: number;
}

const joined = (sentences: readonly string[]) => sentences.filter(Boolean).join(' ');

function thereAndRenamed({ there, returned, renamed }: Added): string {
  return joined([
    returned > 0 ? `${count(returned, 'image')} ${returned === 1 ? 'has its file' : 'have their files'} again.` : '',
    there > 0
      ? `${count(there, 'image')} ${there === 1 ? 'is' : 'are'} already here and ${there === 1 ? 'was' : 'were'} not added again.`
      : '',
    renamed > 0
      ? `${count(renamed, 'image')} ${renamed === 1 ? 'was' : 'were'} renamed, because other images here have the same names.`
      : '',
  ]);
}

/** The result of adding images. others: how many files are not images. */
export function addedSentence(images: Added, others: number): string {
  const { added, there, returned } = images;
  const first = added > 0 || there + returned === 0 ? `${count(added, 'image')} added.` : '';
  return joined([first, thereAndRenamed(images), asideSentence(others)]);
}

/** What became of images in an import. labelled: they got labels. kept: they kept the labels that they had. */
interface Labelled extends Added {
  readonly labelled: number;
  readonly kept: number;
}

function labelledSentence({ labelled, added }: Labelled): string {
  if (labelled > 0) return `Imported labels for ${count(labelled, 'image')}.`;
  return added > 0 ? `${count(added, 'image')} added without labels.` : 'No labels were imported.';
}

/** The result of an import. notes: sentences. passedOver: paths of files that hold no labels. */
export function importSentence(images: Labelled, notes: readonly string[], passedOver: readonly string[]): string {
  const { kept } = images;
  const keeps = kept > 0 ? `${count(kept, 'image')} kept the labels that you edited, accepted or flagged.` : '';
  const aside = asideSentence(passedOver.length, `: ${namesOf(passedOver)}`);
  return joined([labelledSentence(images), keeps, thereAndRenamed(images), ...notes, aside]);
}

/** A button of the import's report, and the decision that it stands for. */
interface ImportChoice {
  readonly name: string;
  readonly decision: Decision;
}

/**
 * The ways to import labels despite their problems, the safest first. valid: how many images have valid labels, of `total` in the files;
 * reviewed: how many of them were edited, accepted or flagged.
 */
export function importChoices(valid: number, total: number, reviewed: number): readonly ImportChoice[] {
  if (valid === 0) return [];
  if (reviewed === 0) return [{ name: `Import valid labels (${valid} of ${count(total, 'image')})`, decision: 'keep' }];
  if (reviewed === valid) return [{ name: `Replace labels of ${count(reviewed, 'image')}`, decision: 'replace' }];
  return [
    { name: `Import for the other images (${valid - reviewed})`, decision: 'keep' },
    { name: `Import for ${valid} images and replace labels of ${reviewed}`, decision: 'replace' },
  ];
}

/** The button that adds the images that came with the labels, but imports none; undefined if another one adds them as well. */
export function addingChoice(valid: number, reviewed: number): string | undefined {
  if (valid === 0) return 'Add the images without labels';
  return valid === reviewed ? 'Add the images and keep your labels' : undefined;
}

/** The title of a report of problems, and what they were found in. */
export function reportTitle(of: SessionState['problemsOf'], problems: readonly Problem[]): string {
  if (of === 'truth') return 'Labels not compared';
  return problems.every(({ kind }) => kind === 'reviewed-image') ? 'Replace reviewed labels?' : 'Labels not imported';
}
