import { useDeferredValue, useMemo } from 'react';
import { checkLabels } from '../../annotate/check';
import { lead } from '../../app/annotate/lead';
import { useApp, useSessionState } from '../context';
import { ReviewList } from './ReviewList';

/** The label check of the open session; it follows every edit. */
export function Review({ onClose }: { onClose: () => void }) {
  const { annotate } = useApp();
  const images = useDeferredValue(useSessionState((state) => state.images));
  const findings = useMemo(() => checkLabels(images), [images]);
  return <ReviewList findings={findings} images={images} onShow={(finding) => lead(annotate, finding)} onClose={onClose} />;
}
