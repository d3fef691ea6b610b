import { useEffect, useState } from 'react';
import { shown } from '../../app/shell/screen';
import { type Dropped, readTransfer, withKinds } from '../../source/transfer';
import { useApp } from './context';
import type { Screen } from './screens';

/** Where a paste means text. Excludes checkboxes and sliders, which keep the focus after a click. */
const TEXT_FIELDS = 'input:not([type=checkbox], [type=radio], [type=range]), textarea';
const isEditable = (target: EventTarget | null) => target instanceof HTMLElement && target.closest(TEXT_FIELDS) !== null;
const bringsFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** Opens what is dropped anywhere in the window or pasted. Returns whether files are being dragged over it. */
export function useDropAndPaste(screen: Screen): boolean {
  const { store, screens } = useApp();
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const over = (event: DragEvent) => {
      event.preventDefault();
      setDragging(bringsFiles(event.dataTransfer));
    };
    // Without files it is for the shown screen or for none: pasted text does not open another screen.
    const open = async (brought: Dropped) => {
      const dropped = await withKinds(brought);
      const others = dropped.length > 0 ? screens.all : [];
      const target = [screen, ...others].find((one) => one.accepts(dropped, one === screen));
      if (!target) return;
      if (target !== screen) window.location.hash = target.name;
      await shown(store, target.name); // entering it clears the message, so this must happen before any message about these files
      (await target.load()).open(dropped);
    };
    window.addEventListener('dragenter', over, { signal });
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', (event) => !event.relatedTarget && setDragging(false), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setDragging(false);
        void open(readTransfer(event.dataTransfer));
      },
      { signal },
    );
    window.addEventListener('paste', (event) => isEditable(event.target) || void open(readTransfer(event.clipboardData)), {
      signal,
    });
    return () => stop.abort();
  }, [store, screens, screen]);
  return dragging;
}
