import type { Problem } from '../../annotate/formats/problem';
import type { Decision } from '../../app/annotate/import';
import type { SessionState } from '../../app/annotate/state';
import { addingChoice, importChoices, reportTitle } from '../../app/annotate/words';
import { count } from '../../app/shell/format';
import { Dialog } from '../shell/Dialog';
import { save } from '../shell/save';

interface Props {
  readonly problems: readonly Problem[];
  readonly of: SessionState['problemsOf'];
  /** How many images have valid labels, of all those in the files. */
  readonly valid: number;
  readonly total: number;
  /** Imports or compares what is valid, and adds images that came without labels. */
  onAnyway(decision: Decision): void;
  /** Matches images by their names alone. */
  onByName(): void;
  onClose(): void;
}

/** As many as anybody would read on a screen; the saved list has all of them. */
const SHOWN = 200;

const line = ({ file, where, what }: Problem) => [file, where, what].filter((part) => part !== '').join(': ');

/** Everything that is wrong with the files to be imported or compared, and what can be done nevertheless. */
export function ImportReport({ problems, of, valid, total, onAnyway, onByName, onClose }: Props) {
  const number = (kind: Problem['kind']) =>
    problems.reduce((sum, problem) => sum + (problem.kind === kind ? (problem.images ?? 1) : 0), 0);
  const [broken, missing, elsewhere, reviewed] = (['broken', 'missing-image', 'elsewhere', 'reviewed-image'] as const).map(
    number,
  );
  const choices = importChoices(valid, total, reviewed ?? 0);
  const adding = of === 'labels-of-images' ? addingChoice(valid, reviewed ?? 0) : undefined;
  const notHere = (missing ?? 0) + (elsewhere ?? 0);
  const truth = of === 'truth';
  const files = [...new Set(problems.slice(0, SHOWN).map(({ file }) => file))];
  const download = () => save('import-problems.txt', new Blob([`${problems.map(line).join('\n')}\n`], { type: 'text/plain' }));
  return (
    <Dialog title={reportTitle(of, problems)} onClose={onClose}>
      <p>
        Nothing was changed.
        {broken ? ` The labels have ${count(broken, 'error')}.` : ''}
        {notHere > 0 && ` ${count(notHere, 'labelled image')} ${notHere === 1 ? 'is' : 'are'} not in this session.`}
        {reviewed ? ` The labels would replace what you edited, accepted or flagged in ${count(reviewed, 'image')}.` : ''}
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
      {problems.length > SHOWN && <p className="hint">{problems.length - SHOWN} more. Save the list to see all of them.</p>}
      <div className="dialog-foot">
        <button type="button" onClick={download}>
          Save list
        </button>
        {elsewhere ? (
          <button type="button" onClick={onByName}>
            Match by file name only
          </button>
        ) : undefined}
        {adding && (
          <button type="button" onClick={() => onAnyway('keep')}>
            {adding}
          </button>
        )}
        {truth && valid > 0 && (
          <button type="button" className="primary" onClick={() => onAnyway('keep')}>
            Compare valid labels ({valid} of {count(total, 'image')})
          </button>
        )}
        {!truth &&
          choices.map(({ name, decision }, i) => (
            <button key={decision} type="button" className={i === 0 ? 'primary' : undefined} onClick={() => onAnyway(decision)}>
              {name}
            </button>
          ))}
      </div>
    </Dialog>
  );
}
