import type { Counts } from './count';
import type { LayerTime } from './layers';

/** One network, ready in a page, with inputs of its own. */
export interface Subject {
  /** The browser's description of the adapter. */
  readonly adapter: string;
  /** From its weights' bytes to its first result, shaders included, ms. */
  readonly first: number;
  /** One inference on `people` crops, up to the numbers in JavaScript. */
  run(people: number): Promise<Run>;
}

export interface Run {
  readonly ms: number;
  readonly counts: Counts;
}

declare global {
  /** Every page of the bench defines it. url: the model's folder, or its file. */
  var openSubject: (url: string) => Promise<Subject>;
  var subject: Subject;
  /** The cascade's page only: the dispatches of one inference on `people` crops. */
  var layers: (people: number, rounds: number) => Promise<LayerTime[]>;
}
