import type { ReactNode } from 'react';

interface Props {
  readonly open: boolean;
  onToggle(open: boolean): void;
  readonly children: ReactNode;
}

/** Numbers that most people do not need, behind a toggle. */
export function Details({ open, onToggle, children }: Props) {
  return (
    <details className="more" open={open} onToggle={({ currentTarget }) => onToggle(currentTarget.open)}>
      <summary>Details</summary>
      {open && <div className="more-body">{children}</div>}
    </details>
  );
}
