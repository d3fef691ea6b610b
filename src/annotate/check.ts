import type { Case, Finding } from './check/finding';
import { checkLabelled } from './check/labelled';
import { checkPlaces } from './check/place';
import { checkShapes } from './check/shape';
import { checkSwaps } from './check/swap';
import { checkUnsure } from './check/unsure';
import type { AnnotatedImage } from './document';

export { type Finding, type FindingKind, findingKey } from './check/finding';

/** Everything in a session's labels that a person should look at: the most severe first, then in the order of the session. */
export function checkLabels(images: readonly AnnotatedImage[]): Finding[] {
  const cases: Case[] = images.flatMap((image) => image.document.subjects.map((subject) => ({ image, subject })));
  const shapes = checkShapes(cases);
  return cases
    .flatMap((person, i) =>
      [...checkLabelled(person), ...checkSwaps(person), ...checkPlaces(person), ...(shapes[i] ?? []), ...checkUnsure(person)].map(
        (remark): Finding => ({ ...remark, image: person.image.id, subject: person.subject.id }),
      ),
    )
    .sort((a, b) => b.severity - a.severity);
}
