import { useEffect, useRef, useState } from 'react';
import type { ExportChoice } from '../../app/annotate/export';
import { ANNOTATE_SHORTCUTS } from '../../app/annotate/shortcuts';
import { exportSentence } from '../../app/annotate/words';
import { report } from '../../app/shell/report';
import { useApp } from '../shell/context';
import { save } from '../shell/save';
import { useShortcuts } from '../shell/useShortcuts';
import { CompareDialog } from './CompareDialog';
import { useAnnotate, useSessionState } from './context';
import { EvaluationDialog } from './EvaluationDialog';

type ExportDialog = typeof import('./ExportDialog').ExportDialog;

interface Props {
  readonly checking: boolean;
  onCheck(checking: boolean): void;
}

/** What can be done with a session's labels as a whole: export them, check them, compare the drafts with trusted labels. */
export function SessionTools({ checking, onCheck }: Props) {
  const annotate = useAnnotate();
  const images = useSessionState((state) => state.images);
  const compared = useSessionState((state) => state.compared);
  const { store } = useApp();
  const [Exporting, setExporting] = useState<ExportDialog>();
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

  /** The dialog's code is loaded when it is opened: it includes every format and the zip and YAML writers. */
  const openExport = async () => {
    try {
      const { ExportDialog } = await import('./ExportDialog');
      setExporting(() => ExportDialog);
    } catch (error) {
      store.setState({ notice: report(error) });
    }
  };

  // The label check's close button disappears with it: the button that opened it takes the focus.
  const checkButton = useRef<HTMLButtonElement>(null);
  const wasChecking = useRef(checking);
  useEffect(() => {
    if (wasChecking.current && !checking && document.activeElement === document.body) checkButton.current?.focus();
    wasChecking.current = checking;
  }, [checking]);

  useShortcuts(ANNOTATE_SHORTCUTS, {
    'annotate.export': () => void openExport(),
    'annotate.check': () => onCheck(!checking),
  });

  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => void openExport()}>
        Export
      </button>
      <button ref={checkButton} type="button" aria-pressed={checking} onClick={() => onCheck(!checking)}>
        Check
      </button>
      <button type="button" aria-haspopup="dialog" onClick={() => setComparing(true)}>
        Compare
      </button>
      {Exporting && <Exporting records={images} onExport={onExport} onClose={() => setExporting(undefined)} />}
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
          undrafted={compared.undrafted}
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
