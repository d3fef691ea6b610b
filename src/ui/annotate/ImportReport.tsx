import type { Problem } from '../../annotate/formats/problem';
import { count } from '../../app/summary';
import { Dialog } from '../Dialog';
import { save } from '../save';

interface Props {
  readonly problems: readonly Problem[];
  /** Reads the files again without the labels of images that are not here. */
  onSkipMissing(): void;
  onClose(): void;
}

/** As many as anybody reads on a screen; the saved list has all. */
const SHOWN = 200;

const line = ({ file, where, what }: Problem) => [file, where, what].filter((part) => part !== '').join(': ');

/** Everything that is wrong with files that were to be imported; nothing of them was. */
export function ImportReport({ problems, onSkipMissing, onClose }: Props) {
  const missing = problems.filter(({ kind }) => kind === 'missing-image').length;
  const files = [...new Set(problems.slice(0, SHOWN).map(({ file }) => file))];
  const download = () => save('import-problems.txt', new Blob([`${problems.map(line).join('\n')}\n`], { type: 'text/plain' }));
  return (
    <Dialog title="These labels were not imported" onClose={onClose}>
      <p>
        {count(problems.length, 'thing is', 'things are')} wrong with them. Nothing was changed: mend the files and drop them
        again.
        {missing === problems.length && ' Or go on without the labels of images that are not here.'}
      </p>
      <div className="problems">
        {files.map((file) => (
          <section key={file}>
            <h3>{file}</h3>
            <ul>
              {problems.slice(0, SHOWN).map(
                (problem, i) =>
                  problem.file === file && (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and the same may be wrong twice
                    <li key={i}>
                      {problem.where && <strong>{problem.where}</strong>} {problem.what}
                    </li>
                  ),
              )}
            </ul>
          </section>
        ))}
      </div>
      {problems.length > SHOWN && (
        <p className="hint">And {count(problems.length - SHOWN, 'more', 'more')}: save the list to see all.</p>
      )}
      <div className="dialog-foot">
        <button type="button" onClick={download}>
          Save the list
        </button>
        {missing === problems.length && (
          <button type="button" className="primary" onClick={onSkipMissing}>
            Import without {count(missing, 'image', 'images')}
          </button>
        )}
      </div>
    </Dialog>
  );
}
