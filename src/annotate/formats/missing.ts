import type { Problems } from './problem';

/** The most that anybody would read one by one. */
const FEW = 20;

/** Collects the images of one file that are not here; many are summed up in one line. */
export class MissingImages {
  readonly #problems: Problems;
  readonly #found: {
    readonly where: string;
    readonly name: string;
    readonly kind: 'missing' | 'elsewhere';
    readonly file: string;
  }[] = [];

  readonly #advice: string | undefined;

  /** advice: what to do about it, other than to add the image; a sentence. */
  constructor(problems: Problems, advice?: string) {
    this.#problems = problems;
    this.#advice = advice;
  }

  /** file: the one that names the image, if it differs from the file of the others. */
  add(where: string, name: string, kind: 'missing' | 'elsewhere', file = this.#problems.file): void {
    this.#found.push({ where, name, kind, file });
  }

  /** total: how many images the file is about. */
  tell(total: number): void {
    const more = this.#advice === undefined ? '' : ` ${this.#advice}`;
    for (const kind of ['missing', 'elsewhere'] as const) {
      const those = this.#found.filter((one) => one.kind === kind);
      const [first] = those;
      const problem = kind === 'missing' ? 'missing-image' : 'elsewhere';
      if (first && those.length > FEW) {
        const what =
          kind === 'missing'
            ? `${those.length} of the file's ${total} images are not in this session; the first is ${first.name}.${more}`
            : `${those.length} of the file's ${total} images are not in this session, which has images of those names in other folders; the first is ${first.name}.`;
        this.#problems.list.push({ file: this.#problems.file, where: '', what, kind: problem, images: those.length });
      } else {
        for (const { where, name, file } of those) {
          const what =
            kind === 'missing'
              ? `${name} is not in this session. ${this.#advice ?? 'Add it first.'}`
              : `${name} is not in this session, which has an image of that name in another folder.`;
          this.#problems.list.push({ file, where, what, kind: problem });
        }
      }
    }
  }
}
