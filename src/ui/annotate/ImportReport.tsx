import type { Problem } from '../../annotate/formats/problem';
import type { SessionState } from '../../app/annotate/state';
import { count } from '../../app/shell/summary';
import { Dialog } from '../shell/Dialog';
import { save } from '../shell/save';

interface Props {
  readonly problems: readonly Problem[];
  readonly of: SessionState['problemsOf'];
  /** Imports without the images that are not here and over labels that a hand has set; of broken labels, the images that came with them. */
  onAnyway(): void;
  onClose(): void;
}

/** As many as anybody reads on a screen; the saved list has all. */
const SHOWN = 200;

const line = ({ file, where, what }: Problem) => [file, where, what].filter((part) => part !== '').join(': ');

/** Everything that is wrong with files that were to be imported or compared; nothing of them was. */
export function ImportReport({ problems, of, onAnyway, onClose }: Props) {
  const number = (kind: Problem['kind']) => problems.filter((problem) => problem.kind === kind).length;
  const [broken, missing, edited] = [number('broken'), number('missing-image'), number('edited-image')];
  const files = [...new Set(problems.slice(0, SHOWN).map(({ file }) => file))];
  const download = () => save('import-problems.txt', new Blob([`${problems.map(line).join('\n')}\n`], { type: 'text/plain' }));
  return (
    <Dialog title={of === 'truth' ? 'These labels were not compared' : 'These labels were not imported'} onClose={onClose}>
      <p>
        {broken > 0
          ? `${count(broken, 'thing is', 'things are')} wrong with them. Nothing was changed: mend the files and ${of === 'truth' ? 'choose' : 'drop'} them again.`
          : 'Nothing was changed.'}
        {missing > 0 && ` ${count(missing, 'image')} that they are for ${missing === 1 ? 'is' : 'are'} not here.`}
        {edited > 0 && ` They would replace labels set by hand, on ${count(edited, 'image')}.`}
      </p>
      <div className="problems">
        {files.map((file) => (
          <section key={file}>
            <h3>{file}</h3>
            <ul>
              {problems.slice(0, SHOWN).map(
                (problem, i) =>
                  problem.file === file && (
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
        {broken > 0 && of === 'labels-of-images' && (
          <button type="button" onClick={onAnyway}>
            Add the images without labels
          </button>
        )}
        {broken === 0 && (
          <button type="button" className="primary" onClick={onAnyway}>
            {missing > 0 ? `Import without ${count(missing, 'image')}` : 'Replace them'}
          </button>
        )}
      </div>
    </Dialog>
  );
}
