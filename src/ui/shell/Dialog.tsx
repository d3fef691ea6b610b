import { type ReactNode, useEffect, useId, useRef } from 'react';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** Room for columns. */
  readonly wide?: boolean;
  /** What was done last; stays visible below the title. */
  readonly said?: string;
  /** Called once it has been closed, by its button or by Escape. */
  onClose(): void;
}

/** A dialog over the page. It takes the focus when it appears, and returns it when it is closed or unmounted. */
export function Dialog({ title, children, wide = false, said, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // The browser returns the focus only if the dialog is closed, not if it is removed.
      const isLost = document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="dialog" data-wide={wide || undefined} aria-labelledby={id} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
        {said !== undefined && (
          <p className="dialog-said" aria-live="polite">
            {said}
          </p>
        )}
      </div>
      {children}
    </dialog>
  );
}
