import { useMemo } from 'react';
import { countsOf } from '../../app/annotate/list';
import type { Filter, Sort } from '../../app/annotate/state';
import { FILTER_WORD, SORT_WORD } from '../../app/annotate/words';
import { count } from '../../app/summary';
import { useApp, useSessionState } from '../context';
import { PickButton } from '../PickButton';
import { SessionTools } from './SessionTools';
import { ACCEPT } from './accept';

function Choice<T extends string>({
  label,
  words,
  value,
  onChange,
}: {
  label: string;
  words: Readonly<Record<T, string>>;
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value as T)}>
      {(Object.entries(words) as [T, string][]).map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  );
}

/** How far the drafts are, and what can be done about it. */
function Progress() {
  const { annotate } = useApp();
  const images = useSessionState((state) => state.images);
  const work = useSessionState((state) => state.work);
  const drafting = useSessionState((state) => state.drafting);
  const { all, waiting, failed } = useMemo(() => countsOf({ images, work }), [images, work]);
  const session = annotate.session();
  return (
    <>
      {waiting > 0 && (
        <div className="draft-progress">
          <span>{drafting ? `Drafting: ${all - waiting} of ${all}` : `${count(waiting, 'image')} without a draft`}</span>
          <button type="button" onClick={() => session?.setDrafting(!drafting)}>
            {drafting ? 'Stop' : 'Draft'}
          </button>
          <progress aria-label="Drafts" max={all} value={all - waiting} />
        </div>
      )}
      {failed > 0 && (
        <button type="button" onClick={() => session?.retry()}>
          Try {count(failed, 'failed image')} again
        </button>
      )}
    </>
  );
}

/** Whether everything is kept; always in sight, for it decides whether the tab may be closed. */
function SavingLine() {
  const { annotate } = useApp();
  const saving = useSessionState((state) => state.saving);
  if (saving.state !== 'unsaved') return <p className="saving">{saving.state === 'saved' ? 'All saved' : 'Saving…'}</p>;
  return (
    <p className="saving" data-unsaved>
      Not saved{' '}
      <button type="button" onClick={() => void annotate.session()?.saveAgain()}>
        Save again
      </button>
    </p>
  );
}

/** What stands above the list: how the session is, what of it is listed, and more images. */
export function QueueHead({ reviewing, onReview }: { reviewing: boolean; onReview: (reviewing: boolean) => void }) {
  const { annotate } = useApp();
  const images = useSessionState((state) => state.images);
  const work = useSessionState((state) => state.work);
  const filter = useSessionState((state) => state.filter);
  const sort = useSessionState((state) => state.sort);
  const { all, accepted, flagged } = useMemo(() => countsOf({ images, work }), [images, work]);
  const list = (change: { filter?: Filter; sort?: Sort }) => annotate.session()?.list(change);
  return (
    <div className="queue-head">
      <div className="queue-title">
        <h2>{count(all, 'image')}</h2>
        <SavingLine />
      </div>
      <p className="hint">
        {accepted} accepted{flagged > 0 && `, ${flagged} flagged`}
      </p>
      <Progress />
      <div className="queue-choice">
        <Choice label="Which images" words={FILTER_WORD} value={filter} onChange={(value) => list({ filter: value })} />
        <Choice label="In which order" words={SORT_WORD} value={sort} onChange={(value) => list({ sort: value })} />
      </div>
      <div className="queue-choice">
        <PickButton accept={ACCEPT} many="several" onPick={(files) => void annotate.openFiles(files)}>
          Add images
        </PickButton>
        <button type="button" onClick={() => void annotate.leave()}>
          Close
        </button>
      </div>
      <SessionTools reviewing={reviewing} onReview={onReview} />
    </div>
  );
}
