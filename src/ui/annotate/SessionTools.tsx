import { lazy, Suspense, useState } from 'react';
import type { ExportChoice } from '../../app/annotate/export';
import { annotatedImage } from '../../app/annotate/image-record';
import { ANNOTATE_SHORTCUTS } from '../../app/annotate/shortcuts';
import { exportSentence } from '../../app/annotate/words';
import { report } from '../../app/shell/report';
import { save } from '../shell/save';
import { useShortcuts } from '../shell/useShortcuts';
import { CompareDialog } from './CompareDialog';
import { useAnnotate, useSessionState } from './context';
import { EvaluationDialog } from './EvaluationDialog';

/** Loaded when it is opened: it brings every format, and what writes zips and YAML. */
const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog')).ExportDialog }));

interface Props {
  readonly checking: boolean;
  onCheck(checking: boolean): void;
}

/** What can be done with a session's labels as a whole: export them, check them, compare the drafts with trusted labels. */
export function SessionTools({ checking, onCheck }: Props) {
  const annotate = useAnnotate();
  const images = useSessionState((state) => state.images);
  const compared = useSessionState((state) => state.compared);
  const [exporting, setExporting] = useState(false);
  const [comparing, setComparing] = useState(false);

  const onExport = async (signal: AbortSignal, choice: ExportChoice, onProgress: (done: number, total: number) => void) => {
    const session = annotate.session();
    if (!session) return '';
    try {
      const { makeExport } = await import('../../app/annotate/export');
      const made = await makeExport(signal, choice, { file: (id) => session.file(id), onProgress, now: new Date() });
      save(made.name, made.blob);
      return exportSentence(made);
    } catch (error) {
      signal.throwIfAborted();
      const { sentence, next } = report(error);
      return `${sentence} ${next}`;
    }
  };

  useShortcuts(ANNOTATE_SHORTCUTS, {
    'annotate.export': () => setExporting(true),
    'annotate.check': () => onCheck(!checking),
  });

  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setExporting(true)}>
        Export
      </button>
      <button type="button" aria-pressed={checking} onClick={() => onCheck(!checking)}>
        Check
      </button>
      <button type="button" aria-haspopup="dialog" onClick={() => setComparing(true)}>
        Compare
      </button>
      {exporting && (
        <Suspense>
          <ExportDialog images={images.map(annotatedImage)} onExport={onExport} onClose={() => setExporting(false)} />
        </Suspense>
      )}
      {comparing && (
        <CompareDialog
          onPick={(files) => {
            setComparing(false);
            void annotate.compare(files);
          }}
          onClose={() => setComparing(false)}
        />
      )}
      {compared && (
        <EvaluationDialog
          result={compared.result}
          truth={compared.truth}
          onShow={(id) => {
            annotate.dismiss('compared');
            annotate.session()?.show(id);
          }}
          onClose={() => annotate.dismiss('compared')}
        />
      )}
    </>
  );
}
