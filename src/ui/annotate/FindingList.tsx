import { useEffect, useRef, useState } from 'react';
import { type Finding, type FindingKind, findingKey } from '../../annotate/check';
import type { AnnotatedImage } from '../../annotate/document';
import { ANNOTATE_SHORTCUTS } from '../../app/annotate/shortcuts';
import { count } from '../../app/shell/format';
import { focusNeighbour } from '../shell/focus-neighbour';
import { useShortcuts } from '../shell/useShortcuts';

interface Props {
  readonly findings: readonly Finding[];
  readonly images: readonly AnnotatedImage[];
  /** Shows the image with the person and the first joint chosen. */
  onShow(finding: Finding): void;
  /** Takes it off the list for good. */
  onApprove(finding: Finding): void;
  onClose(): void;
}

const KIND: Readonly<Record<FindingKind, string>> = {
  bare: 'No labels',
  swap: 'Left/right',
  outside: 'Outside',
  box: 'Box',
  limb: 'Limb',
  angle: 'Angle',
  unsure: 'Low confidence',
};

/** How many are listed at once; more follow as these are dealt with. */
const SHOWN = 100;

/** What the label check found, worst first. Each finding leads to its position, and disappears once it is corrected or approved. */
export function FindingList({ findings, images, onShow, onApprove, onClose }: Props) {
  const [shown, setShown] = useState<string>();
  const at = findings.findIndex((finding) => findingKey(finding) === shown);
  const last = useRef(0); // index of the shown finding: once corrected it is gone, and the next one takes its place
  useEffect(() => {
    if (at >= 0) last.current = at;
  }, [at]);
  const show = (finding: Finding | undefined) => {
    if (!finding) return;
    setShown(findingKey(finding));
    onShow(finding);
  };
  const back = () => show(findings[Math.max(0, (at < 0 ? last.current : at) - 1)]);
  const next = () => show(findings[at < 0 && shown !== undefined ? last.current : at + 1] ?? findings[0]);
  useShortcuts(ANNOTATE_SHORTCUTS, { 'annotate.finding': next, 'annotate.findingBack': back });
  const nameOf = ({ image, subject }: Finding) => {
    const found = images.find(({ id }) => id === image);
    const person = (found?.document.subjects.findIndex(({ id }) => id === subject) ?? -1) + 1;
    return `${found?.name ?? ''}, person ${person}`;
  };
  return (
    <section className="card review" aria-labelledby="review-title">
      <div className="review-head">
        <h2 id="review-title">Label check</h2>
        <p className="hint" aria-live="polite">
          {findings.length === 0 ? 'No problems found.' : `${count(findings.length, 'possible problem')}`}
        </p>
        <button type="button" aria-disabled={findings.length === 0 || undefined} onClick={back}>
          Previous
        </button>
        <button type="button" aria-disabled={findings.length === 0 || undefined} onClick={next}>
          Next
        </button>
        <button type="button" className="quiet" aria-label="Close label check" onClick={onClose}>
          ×
        </button>
      </div>
      {findings.length > 0 && (
        <ol className="findings">
          {findings.slice(0, SHOWN).map((finding) => {
            const key = findingKey(finding);
            return (
              <li key={key} data-severity={finding.severity}>
                <button type="button" aria-current={key === shown || undefined} onClick={() => show(finding)}>
                  <span className="finding-kind">{KIND[finding.kind]}</span>
                  <span className="hint">{nameOf(finding)}</span>
                  <span className="finding-what">{finding.what}</span>
                </button>
                <button
                  type="button"
                  aria-label={`Mark as correct: ${nameOf(finding)}: ${finding.what}`}
                  onClick={({ currentTarget }) => {
                    focusNeighbour(currentTarget);
                    onApprove(finding);
                    if (key === shown) show(findings[at + 1]);
                  }}
                >
                  Mark as correct
                </button>
              </li>
            );
          })}
        </ol>
      )}
      {findings.length > SHOWN && <p className="hint">And {findings.length - SHOWN} more.</p>}
    </section>
  );
}
