import { useState } from 'react';
import type { Finding, FindingKind } from '../../annotate/check';
import type { AnnotatedImage } from '../../annotate/document';
import { count } from '../../app/summary';
import { useShortcuts } from '../useShortcuts';

interface Props {
  readonly findings: readonly Finding[];
  readonly images: readonly AnnotatedImage[];
  /** Shows the image with the person and the first joint chosen. */
  onShow(finding: Finding): void;
  onClose(): void;
}

const KIND: Readonly<Record<FindingKind, string>> = {
  bare: 'No labels',
  swap: 'Left and right',
  outside: 'Outside',
  box: 'Box',
  limb: 'Limb',
  angle: 'Angle',
  unsure: 'Unsure',
};

/** As many as are listed at once; the next come when these are dealt with. */
const SHOWN = 100;

/** The same finding after another edit elsewhere. */
const keyOf = ({ image, subject, kind, joints }: Finding) => [image, subject, kind, ...joints].join(' ');

/** What the label check found, worst first; each leads to its place, and goes when it is mended or said to be right. */
export function ReviewList({ findings, images, onShow, onClose }: Props) {
  const [right, setRight] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<string>();
  const left = findings.filter((finding) => !right.has(keyOf(finding)));
  const at = left.findIndex((finding) => keyOf(finding) === shown);
  const show = (finding: Finding | undefined) => {
    if (!finding) return;
    setShown(keyOf(finding));
    onShow(finding);
  };
  const back = () => show(left[Math.max(0, at - 1)]);
  const next = () => show(left[at + 1] ?? left[0]);
  useShortcuts('annotate', { 'annotate.finding': next, 'annotate.findingBack': back });
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
          {left.length === 0 ? 'Nothing looks wrong.' : `${count(left.length, 'place')} to look at`}
        </p>
        <button type="button" disabled={left.length === 0} onClick={back}>
          Back
        </button>
        <button type="button" disabled={left.length === 0} onClick={next}>
          Next
        </button>
        <button type="button" className="quiet" aria-label="Close the label check" onClick={onClose}>
          ×
        </button>
      </div>
      {left.length > 0 && (
        <ol className="findings">
          {left.slice(0, SHOWN).map((finding) => {
            const key = keyOf(finding);
            return (
              <li key={key} data-severity={finding.severity}>
                <button type="button" aria-current={key === shown || undefined} onClick={() => show(finding)}>
                  <span className="finding-kind">{KIND[finding.kind]}</span>
                  <span className="hint">{nameOf(finding)}</span>
                  <span className="finding-what">{finding.what}</span>
                </button>
                <button
                  type="button"
                  aria-label={`It is right: ${nameOf(finding)}: ${finding.what}`}
                  onClick={() => {
                    setRight(new Set([...right, key]));
                    if (key === shown) show(left[at + 1]);
                  }}
                >
                  It is right
                </button>
              </li>
            );
          })}
        </ol>
      )}
      {left.length > SHOWN && <p className="hint">And {left.length - SHOWN} more.</p>}
    </section>
  );
}
