import { useDeferredValue, useMemo } from 'react';
import { checkLabels, findingKey } from '../../annotate/check';
import { annotatedImage } from '../../app/annotate/image-record';
import { showFinding } from '../../app/annotate/show-finding';
import { useAnnotate, useSessionState } from './context';
import { FindingList } from './FindingList';

/** The label check of the open session, updated after every edit. */
export function LabelCheck({ onClose }: { onClose: () => void }) {
  const annotate = useAnnotate();
  const records = useDeferredValue(useSessionState((state) => state.images));
  const images = useMemo(() => records.map(annotatedImage), [records]);
  const findings = useMemo(() => {
    const approved = new Set(records.flatMap((record) => [...record.approved]));
    return checkLabels(images).filter((finding) => !approved.has(findingKey(finding)));
  }, [records, images]);
  return (
    <FindingList
      findings={findings}
      images={images}
      onShow={(finding) => {
        showFinding(annotate, finding);
        document.querySelector('.viewer-editor')?.scrollIntoView({ block: 'nearest' }); // on a phone it may be out of view
      }}
      onApprove={(finding) => annotate.session()?.approve(finding)}
      onClose={onClose}
    />
  );
}
