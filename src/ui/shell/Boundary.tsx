import { Component, type ReactNode } from 'react';
import { type Notice, report } from '../../app/shell/report';

interface Failed {
  readonly notice?: Notice;
}

/** What is shown when rendering fails: a sentence and a way out, instead of nothing. */
export class Boundary extends Component<{ children: ReactNode }, Failed> {
  override state: Failed = {};

  static getDerivedStateFromError(error: unknown): Failed {
    return { notice: report(error) };
  }

  override render() {
    const { notice } = this.state;
    if (!notice) return this.props.children;
    return (
      <div className="failed" role="alert">
        <p>
          <strong>{notice.sentence}</strong> {notice.next}
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </div>
    );
  }
}
