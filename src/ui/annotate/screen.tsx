import { createAnnotate } from '../../app/annotate/annotate';
import type { LoadedScreen, Shell } from '../shell/screens';
import { AnnotateScreen } from './AnnotateScreen';
import { AnnotateContext } from './context';

export function createAnnotateScreen({ store, engine, samplesUrl }: Shell): LoadedScreen {
  const annotate = createAnnotate(store, engine, samplesUrl);
  return {
    Component: () => (
      <AnnotateContext.Provider value={annotate}>
        <AnnotateScreen />
      </AnnotateContext.Provider>
    ),
    open: (dropped) => void annotate.openDropped(dropped),
    isAtRisk: () => annotate.session()?.atRisk ?? false,
    flush: () => void annotate.session()?.flush(),
  };
}
