import { useMemo } from 'react';
import { countsOf } from '../../app/annotate/list';
import { count } from '../../app/shell/format';
import { PickButton } from '../shell/PickButton';
import { ACCEPT } from './accept';
import { useAnnotate, useSessionState } from './context';
import { SessionTools } from './SessionTools';

/** Whether everything is saved; always visible, since it decides whether the tab may be closed. */
function SavingLine() {
  const annotate = useAnnotate();
  const saving = useSessionState((state) => state.saving);
  if (saving.state !== 'unsaved') return <span className="saving">{saving.state === 'saved' ? 'All saved' : 'Saving…'}</span>;
  return (
    <span className="saving" data-unsaved title={saving.notice.sentence}>
      {saving.notice.code === 'record-refused' ? 'Partly saved' : 'Not saved'}{' '}
      <button type="button" onClick={() => void annotate.session()?.saveAgain()}>
        Retry
      </button>
    </span>
  );
}

/** The state of the session, and what can be done with all of it. */
export function SessionBar({ checking, onCheck }: { checking: boolean; onCheck: (checking: boolean) => void }) {
  const annotate = useAnnotate();
  const images = useSessionState((state) => state.images);
  const { all, accepted, flagged } = useMemo(() => countsOf(images), [images]);
  return (
    <section className="session-bar" aria-label="Session">
      <h2>{count(all, 'image')}</h2>
      <span className="hint">
        {accepted} accepted{flagged > 0 && `, ${flagged} flagged`}
      </span>
      <SavingLine />
      <div className="row">
        <PickButton accept={ACCEPT} many="several" onPick={(files) => void annotate.openFiles(files)}>
          Add images or labels
        </PickButton>
        <SessionTools checking={checking} onCheck={onCheck} />
        <button type="button" onClick={() => void annotate.leave()}>
          Close session
        </button>
      </div>
    </section>
  );
}
