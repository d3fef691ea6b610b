/** The settings in a link to the Live screen: #live?smoothing=50&trails=wrists. Only those that differ from the defaults are in it. */
import { LINES, type Lines } from '../../source/camera';
import { DEFAULT_THRESHOLD } from '../shell/store';

export { LINES };

export const TRAILS = ['off', 'wrists', 'ankles', 'both'] as const;

/** Which joints draw a trail. */
export type Trails = (typeof TRAILS)[number];

export interface LiveSettings {
  /** 0..1, in steps of 0.05 up to 0.9. */
  readonly threshold: number;
  /** 0..1, in steps of 0.1. */
  readonly smoothing: number;
  readonly heat: boolean;
  readonly trails: Trails;
  /** undefined: cameras are mirrored unless they face away from the user. */
  readonly mirror: boolean | undefined;
  readonly lines: Lines;
}

export const DEFAULTS: LiveSettings = {
  threshold: DEFAULT_THRESHOLD,
  smoothing: 0.7,
  heat: false,
  trails: 'off',
  mirror: undefined,
  lines: 720,
};

/** A link without a resolution leaves it alone: it belongs to this device, and a change reopens the camera. */
type LinkSettings = Omit<LiveSettings, 'lines'> & Partial<Pick<LiveSettings, 'lines'>>;

interface Read {
  readonly settings: LinkSettings;
  /** Names that mean nothing, or whose value does not; the defaults apply. */
  readonly unknown: readonly string[];
}

/** Whole percents, up to `most`, in steps. */
function share(text: string, step: number, most: number): number | undefined {
  const percent = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return percent <= most && percent % step === 0 ? percent / 100 : undefined;
}

const yesOrNo = (text: string) => (text === '1' ? true : text === '0' ? false : undefined);
const percent = (value: number) => String(Math.round(value * 100));

type Parsers = { readonly [K in keyof LiveSettings]: (text: string) => LiveSettings[K] | undefined };

const PARSERS: Parsers = {
  threshold: (text) => share(text, 5, 90),
  smoothing: (text) => share(text, 10, 100),
  heat: yesOrNo,
  trails: (text) => TRAILS.find((known) => known === text),
  mirror: yesOrNo,
  lines: (text) => LINES.find((known) => String(known) === text),
};

/** query: what follows the question mark. */
export function fromQuery(query: string): Read {
  const unknown: string[] = [];
  const { lines: _, ...defaults } = DEFAULTS;
  const settings: Record<string, unknown> = { ...defaults };
  for (const [name, text] of new URLSearchParams(query)) {
    const value = Object.hasOwn(PARSERS, name) ? PARSERS[name as keyof Parsers](text) : undefined;
    if (value === undefined) unknown.push(name);
    else settings[name] = value;
  }
  return { settings: settings as unknown as LinkSettings, unknown };
}

/** What follows the question mark; empty for the defaults. */
export function toQuery(settings: LiveSettings): string {
  const { threshold, smoothing, heat, trails, mirror, lines } = settings;
  const texts: Record<keyof LiveSettings, string> = {
    threshold: percent(threshold),
    smoothing: percent(smoothing),
    heat: heat ? '1' : '0',
    trails,
    mirror: mirror ? '1' : '0',
    lines: String(lines),
  };
  const names = Object.keys(texts) as (keyof LiveSettings)[];
  const changed = names.filter((name) => settings[name] !== DEFAULTS[name]);
  return new URLSearchParams(changed.map((name) => [name, texts[name]])).toString();
}
