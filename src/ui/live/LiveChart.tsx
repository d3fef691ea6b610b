import { HISTORY, type HistoryPoint, STATS_MS } from '../../app/live/meter';
import { duration } from '../../app/shell/format';

/** Size of the drawing, which is stretched to the panel's width. */
const WIDTH = HISTORY - 1;
const HEIGHT = 20;

/** The line of one number: the newest at the right, zero at the bottom, `top` at the top. Interrupted where there was none. */
function pathOf(values: readonly (number | undefined)[], top: number): string {
  let pen = 'M';
  const parts = values.map((value, i) => {
    if (value === undefined) {
      pen = 'M';
      return '';
    }
    const part = `${pen}${WIDTH - (values.length - 1 - i)} ${(HEIGHT * (1 - Math.min(1, value / top))).toFixed(2)}`;
    pen = 'L';
    return part;
  });
  return parts.join('');
}

interface LineProps {
  readonly label: string;
  readonly kind: 'rate' | 'latency';
  readonly values: readonly (number | undefined)[];
  readonly text: (value: number) => string;
}

function Line({ label, kind, values, text }: LineProps) {
  const known = values.flatMap((value) => value ?? []);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length < 2) return null;
  const seconds = Math.round((values.length * STATS_MS) / 1000);
  const range = text(least) === text(most) ? text(most) : `${text(least)} to ${text(most)}`;
  return (
    <figure className="chart">
      <figcaption>
        {label} <span>{range}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${label} in the last ${seconds} seconds: ${range}`}
        viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
      >
        <path d={pathOf(values, most || 1)} data-kind={kind} vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}

/** Frame rate and latency in the last half minute. */
export function LiveChart({ history }: { history: readonly HistoryPoint[] }) {
  const rates = history.map(({ framesPerSecond }) => framesPerSecond);
  const latencies = history.map(({ latency }) => latency);
  return (
    <div className="charts">
      <Line label="Frames per second" kind="rate" values={rates} text={(value) => value.toFixed(1)} />
      <Line label="Latency" kind="latency" values={latencies} text={duration} />
    </div>
  );
}
