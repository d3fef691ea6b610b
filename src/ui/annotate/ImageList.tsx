import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { listed } from '../../app/annotate/list';
import { FILTER_WORD } from '../../app/annotate/words';
import { useAnnotate, useSessionState } from './context';
import { ImageRow } from './ImageRow';
import { useNarrow } from './useNarrow';

/** Height of a row and, on narrow pages, width of an item in the strip. CSS pixels; the style sheet has the same values. */
const [ROW, ITEM] = [74, 104];
const PAGE = 8;

const STEP: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The session's images. Only those in view are in the page, and the current one (or the first), so that the focus stays on it. */
export function ImageList() {
  const annotate = useAnnotate();
  const narrow = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const images = useSessionState((state) => state.images);
  const filter = useSessionState((state) => state.filter);
  const sort = useSessionState((state) => state.sort);
  const current = useSessionState((state) => state.current);
  const shown = useMemo(() => listed({ images, filter, sort }), [images, filter, sort]);
  const at = shown.findIndex(({ id }) => id === current);

  const virtual = useVirtualizer({
    count: shown.length,
    horizontal: narrow,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? ITEM : ROW),
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 4,
    rangeExtractor: (range: Range) => {
      const indices = defaultRangeExtractor(range);
      const kept = Math.max(0, at); // the row that Tab leads to
      return shown.length === 0 || indices.includes(kept) ? indices : [...indices, kept].sort((a, b) => a - b);
    },
  });

  useEffect(() => {
    virtual.measure();
  }, [virtual, narrow]);
  const followed = useRef<number>(undefined); // the image that the list was last scrolled to
  const keyed = useRef(false); // a key pressed in the list chose the next image
  useEffect(() => {
    if (at < 0) return;
    if (followed.current !== current) virtual.scrollToIndex(at, { align: 'auto' }); // not if new drafts only changed its place in the order
    followed.current = current;
    // The focus follows if it was in the list: it is still on the previous current image or, if that has just left the page, on nothing.
    const { activeElement } = document;
    const inList = scroller.current?.contains(activeElement) || (keyed.current && activeElement === document.body);
    keyed.current = false;
    if (inList) scroller.current?.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
  }, [virtual, at, current]);

  const key = (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || shown.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.min(shown.length - 1, Math.max(0, Math.max(0, at) + step));
    const image = shown[to];
    if (!image || to === at) return;
    keyed.current = true;
    annotate.session()?.show(image.id);
  };

  return (
    <div ref={scroller} className="image-list">
      {shown.length === 0 && filter === 'all' && <p className="hint">No images yet. Add some, or drop them here.</p>}
      {shown.length === 0 && filter !== 'all' && (
        <div className="image-none">
          <p className="hint">No {FILTER_WORD[filter].toLowerCase()} images.</p>
          <button
            type="button"
            onClick={({ currentTarget }) => {
              currentTarget.closest('.queue')?.querySelector('select')?.focus(); // the button is about to go
              annotate.session()?.list({ filter: 'all' });
            }}
          >
            Show all
          </button>
        </div>
      )}
      <ul aria-label="Images" onKeyDown={key} style={{ [narrow ? 'width' : 'height']: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key: id, index, start }) => {
          const record = shown[index];
          if (!record) return null;
          return (
            <li
              key={id}
              className="image-item"
              aria-setsize={shown.length}
              aria-posinset={index + 1}
              style={{ transform: narrow ? `translateX(${start}px)` : `translateY(${start}px)` }}
            >
              <ImageRow record={record} current={index === at} focusable={index === at || (at < 0 && index === 0)} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
