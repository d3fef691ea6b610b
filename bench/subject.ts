import type { Counts } from './count';
import type { LayerTime } from './layers';

/** One network, ready in a page, with inputs of its own. */
export interface Subject {
  /** What the browser says of the adapter. */
  readonly adapter: string;
  /** From its weights' bytes to its first answer, shaders and all, ms. */
  readonly first: number;
  /** One inference on `people` crops, to the numbers in JavaScript. */
  run(people: number): Promise<Run>;
}

export interface Run {
  readonly ms: number;
  readonly counts: Counts;
}

declare global {
  /** Each of the bench's pages has one: url is the model's folder, or its file. */
  var openSubject: (url: string) => Promise<Subject>;
  var subject: Subject;
  /** The cascade's page only: the dispatches of one inference on `people` crops. */
  var layers: (people: number, rounds: number) => Promise<LayerTime[]>;
}
