import { JOINTS } from '../../pose/skeleton';
import type { Label, Subject } from '../document';
import type { Format } from './format';
import { labelled, peopleOf, type SizedImage } from './notes';
import { underSoleNames } from './placed';

type Field = string | number;

/** A line for each joint of each person: easy to filter and plot. A joint without a label has no x and y. */
export function csvLong(images: readonly SizedImage[]): string {
  const head = ['image', 'width', 'height', 'verdict', 'person', 'joint', 'x', 'y', 'visibility', 'draft_score'];
  return table(head, images, (image, subject) =>
    subject.labels.map((label, joint) => [
      ...imageFields(image),
      subject.id,
      JOINTS[joint] ?? '',
      ...place(label),
      label.visibility,
      subject.prediction?.[joint]?.score ?? '',
    ]),
  );
}

/** A line for each person, with the box and all joints side by side. */
export function csvWide(images: readonly SizedImage[]): string {
  const head = ['image', 'width', 'height', 'verdict', 'person', 'box_x', 'box_y', 'box_width', 'box_height'];
  const joints = JOINTS.flatMap((name) => [`${name}_x`, `${name}_y`, `${name}_v`]);
  return table([...head, ...joints], images, (image, { id, box, labels }) => [
    [
      ...imageFields(image),
      id,
      ...[box.x, box.y, box.width, box.height],
      ...labels.flatMap((label) => [...place(label), label.visibility]),
    ],
  ]);
}

const imageFields = ({ name, size, verdict }: SizedImage): Field[] => [name, size.width, size.height, verdict];
const place = (label: Label): Field[] => (labelled(label) ? [label.x, label.y] : ['', '']);

function table(
  head: readonly string[],
  images: readonly SizedImage[],
  rows: (image: SizedImage, subject: Subject) => Field[][],
): string {
  const body = images.flatMap((image) => peopleOf(image.document).flatMap((subject) => rows(image, subject)));
  return [head, ...body].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/**
 * One field by RFC 4180. Text that a spreadsheet would take for a formula (a file may be called '=HYPERLINK(...).jpg') gets a
 * leading apostrophe, which spreadsheets read as 'this is text'.
 */
export function csvField(value: Field): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csv = (id: string, label: string, hint: string, text: (images: readonly SizedImage[]) => string): Format => ({
  id,
  label,
  hint,
  extension: 'csv',
  mime: 'text/csv',
  splits: false,
  *write(images) {
    yield { path: `${id}.csv`, text: text(underSoleNames(images)) };
  },
});

export const CSV_LONG = csv('joints-long', 'CSV, one row per joint', 'For spreadsheets and plots; without boxes.', csvLong);
export const CSV_WIDE = csv('joints-wide', 'CSV, one row per person', 'With boxes; the joints are side by side.', csvWide);
