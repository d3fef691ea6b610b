import { BACKEND_NAME, megabytes } from '../../app/shell/format';
import type { Status } from '../../engine/protocol';
import { useAppState } from './context';

interface Badge {
  readonly tone: 'busy' | 'good' | 'bad';
  readonly text: string;
  readonly detail?: string;
  /** The reason for this status. */
  readonly why?: string;
  /** Share done, 0..1, if known. */
  readonly share?: number;
}

function badgeOf(status: Status): Badge {
  switch (status.state) {
    case 'loading': {
      const { loaded, total } = status;
      if (total === 0) return { tone: 'busy', text: 'Starting the engine' };
      const bytes = `${(loaded / 1e6).toFixed(1)} of ${megabytes(total)}`;
      return { tone: 'busy', text: 'Downloading the model', detail: bytes, share: loaded / total };
    }
    case 'compiling': {
      const { done, total } = status;
      return total === 0
        ? { tone: 'busy', text: 'Compiling shaders' }
        : { tone: 'busy', text: 'Compiling shaders', detail: `${done} of ${total}`, share: done / total };
    }
    case 'ready':
      return { tone: 'good', text: BACKEND_NAME[status.ready.backend], why: status.ready.why };
    case 'running':
      return { tone: 'busy', text: BACKEND_NAME[status.ready.backend], detail: 'working' };
    case 'unsupported':
      return { tone: 'bad', text: 'Not supported' };
    case 'failed':
      return { tone: 'bad', text: 'Engine stopped' };
  }
}

/** The engine's status; while frames stream in, only what it runs on: the status would change twice a frame. */
function useSteadyStatus(): Status {
  const ready = useAppState(({ engine, streaming }) => (streaming && 'ready' in engine ? engine.ready : undefined));
  const status = useAppState(({ engine, streaming }) => (streaming && 'ready' in engine ? undefined : engine));
  return ready ? { state: 'ready', ready } : (status ?? { state: 'loading', loaded: 0, total: 0 });
}

/** What the engine is doing, always visible; once it is ready, what it runs on. */
export function EngineBadge() {
  const { tone, text, detail, why, share } = badgeOf(useSteadyStatus());
  return (
    <div className="badge" data-tone={tone} title={why && `${text}: ${why}`} data-testid="engine">
      <span className="badge-dot" aria-hidden="true" />
      <span className="badge-text">{text}</span>
      {detail && <span className="badge-detail">{detail}</span>}
      {share !== undefined && <progress aria-label={text} max={1} value={share} />}
    </div>
  );
}
