import { useMemo, useRef } from 'react';
import { countsOf } from '../../app/annotate/list';
import type { Filter, Sort } from '../../app/annotate/state';
import { FILTER_WORD, SORT_WORD } from '../../app/annotate/words';
import { count } from '../../app/shell/format';
import { useAnnotate, useSessionState } from './context';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
  onChange(value: T): void;
}

/** A choice by pointer moves the focus on to the image: otherwise the next key, A for instance, would choose another word here. */
function Select<T extends string>({ label, words, value, onChange }: SelectProps<T>) {
  const byPointer = useRef(false);
  return (
    <select
      aria-label={label}
      value={value}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onChange={({ target }) => {
        onChange(target.value as T);
        if (!byPointer.current) return;
        target.blur(); // there may be no image
        document.querySelector<HTMLElement>('.viewer-editor')?.focus({ preventScroll: true });
      }}
    >
      {(Object.entries(words) as [T, string][]).map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  );
}

/** The progress of the drafts, with a button to pause them and one to retry what failed. */
function Progress() {
  const annotate = useAnnotate();
  const images = useSessionState((state) => state.images);
  const drafting = useSessionState((state) => state.drafting);
  const { all, waiting, worthARetry } = useMemo(() => countsOf(images), [images]);
  const session = annotate.session();
  return (
    <>
      {waiting > 0 && (
        <div className="draft-progress">
          <span>{drafting ? `Drafting: ${all - waiting} of ${all}` : `${count(waiting, 'image')} not drafted`}</span>
          <button type="button" onClick={() => session?.setDrafting(!drafting)}>
            {drafting ? 'Pause' : 'Resume'}
          </button>
          <progress aria-label="Drafts" max={all} value={all - waiting} />
        </div>
      )}
      {worthARetry > 0 && (
        <button type="button" onClick={() => session?.retry()}>
          Retry {count(worthARetry, 'failed image')}
        </button>
      )}
    </>
  );
}

/** Above the list: the progress of the drafts, the filter and the order. */
export function ListHead() {
  const annotate = useAnnotate();
  const filter = useSessionState((state) => state.filter);
  const sort = useSessionState((state) => state.sort);
  const list = (change: { filter?: Filter; sort?: Sort }) => annotate.session()?.list(change);
  return (
    <div className="queue-head">
      <Progress />
      <div className="list-select">
        <Select label="Filter" words={FILTER_WORD} value={filter} onChange={(value) => list({ filter: value })} />
        <Select label="Sort" words={SORT_WORD} value={sort} onChange={(value) => list({ sort: value })} />
      </div>
    </div>
  );
}
