import { useDeferredValue, useMemo } from 'react';
import { checkLabels, findingKey } from '../../annotate/check';
import { lead } from '../../app/annotate/lead';
import { useAnnotate, useSessionState } from './context';
import { ReviewList } from './ReviewList';

/** The label check of the open session; it follows every edit. */
export function Review({ onClose }: { onClose: () => void }) {
  const annotate = useAnnotate();
  const images = useDeferredValue(useSessionState((state) => state.images));
  const right = useSessionState((state) => state.right);
  const all = useMemo(() => checkLabels(images), [images]);
  const findings = useMemo(() => all.filter((finding) => !right.has(findingKey(finding))), [all, right]);
  return (
    <ReviewList
      findings={findings}
      images={images}
      onShow={(finding) => {
        lead(annotate, finding);
        document.querySelector('.viewer-editor')?.scrollIntoView({ block: 'nearest' }); // on a phone it is below the fold
      }}
      onRight={(finding) => annotate.session()?.approve(finding)}
      onClose={onClose}
    />
  );
}
