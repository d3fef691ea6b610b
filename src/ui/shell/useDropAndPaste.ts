import { useEffect, useState } from 'react';
import type { Screen } from '../../app/shell/store';
import { useApp } from './context';
import { showScreen } from './useScreen';

/** Where a paste means text. Not check boxes and sliders, which keep the focus after a click. */
const TEXT_FIELDS = 'input:not([type=checkbox], [type=radio], [type=range]), textarea';
const isEditable = (target: EventTarget | null) => target instanceof HTMLElement && target.closest(TEXT_FIELDS) !== null;
const bringsFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** Takes what is dropped anywhere in the window or pasted. Returns whether files are being dragged over it. */
export function useDropAndPaste(screen: Screen): boolean {
  const { review, live, annotate } = useApp();
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const over = (event: DragEvent) => {
      event.preventDefault();
      setDragging(bringsFiles(event.dataTransfer));
    };
    // The annotator takes all files; else a file brings the screen that it belongs to, and the rest is the photograph's business only.
    const open = (transfer: DataTransfer | null) => {
      if (screen !== 'photo' && !bringsFiles(transfer)) return;
      if (screen === 'annotate') return void annotate.openTransfer(transfer);
      const video = live.videoIn(transfer);
      if (video) {
        void showScreen('live').then(() => live.openFile(video));
        return;
      }
      void review.openTransfer(transfer, showScreen('photo'));
    };
    window.addEventListener('dragenter', over, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', (event) => !event.relatedTarget && setDragging(false), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setDragging(false);
        open(event.dataTransfer);
      },
      { signal },
    );
    window.addEventListener('paste', (event) => isEditable(event.target) || open(event.clipboardData), { signal });
    return () => stop.abort();
  }, [review, live, annotate, screen]);
  return dragging;
}
