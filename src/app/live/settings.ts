/** The settings in a link to the Live screen: #live?smoothing=50&trails=wrists. It contains only those that differ from the defaults. */
import { DISPLAY_THRESHOLD } from '../../pose/pose';
import { LINES, type Lines } from '../../source/camera';

export { LINES };

export const TRAILS = ['off', 'wrists', 'ankles', 'both'] as const;

/** Which joints have a trail. */
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
  threshold: DISPLAY_THRESHOLD,
  smoothing: 0.7,
  heat: false,
  trails: 'off',
  mirror: undefined,
  lines: 720,
};

/** A link without a resolution leaves it unchanged: it depends on the device, and a change reopens the camera. */
type LinkSettings = Omit<LiveSettings, 'lines'> & Partial<Pick<LiveSettings, 'lines'>>;

interface Read {
  readonly settings: LinkSettings;
  /** Names that are unknown, or whose value is invalid; the defaults apply. */
  readonly unknown: readonly string[];
}

/** The share 0..1 of a whole percentage, in steps, up to `most`. */
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

/** query: the part of a link after the question mark. */
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

/** The part of a link after the question mark; empty for the defaults. */
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
