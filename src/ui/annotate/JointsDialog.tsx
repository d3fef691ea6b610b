import { useState } from 'react';
import type { JointTable, JointTarget } from '../../annotate/formats/joint-table';
import type { AskedJoints } from '../../app/annotate/state';
import { COCO_COUNT, JOINTS, jointLabel } from '../../pose/skeleton';
import { Dialog } from '../shell/Dialog';

interface Props {
  readonly question: AskedJoints;
  onAnswer(table: JointTable): void;
  onClose(): void;
}

const OTHERS = [
  ['keep', 'Keep as an extra field'],
  ['drop', 'Leave out'],
] as const;

/** The target that a select element's value stands for. */
const targetOf = (value: string): JointTarget => (value === 'keep' || value === 'drop' ? value : Number(value));

/** Asks which joints a file has: its own names next to ours, prefilled as far as they can be guessed. */
export function JointsDialog({ question, onAnswer, onClose }: Props) {
  const { file, names, nameless, guess, purpose, answered } = question;
  const [table, setTable] = useState(guess);
  const twice = table.filter((target, i) => typeof target === 'number' && table.indexOf(target) < i);
  const chosen = table.filter((target) => typeof target === 'number').length;
  const inCocoOrder = nameless && names.length >= COCO_COUNT ? "The table shows COCO's order, the most common one." : '';
  const setTo = answered ? 'The table shows your last answer.' : inCocoOrder;
  return (
    <Dialog title="Which joints are these?" onClose={onClose}>
      <p>
        {nameless
          ? `${file} has ${names.length} joints and does not name them. ${setTo} If the order is different, left and right or whole limbs will be mixed up, so check a person ${purpose === 'import' ? 'after importing' : 'before you trust the result'}.`
          : `${file} uses other names for its joints. ${setTo}`}{' '}
        Your answer applies to every file with the same joints.
      </p>
      <div className="joint-table">
        <table>
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col">Here</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name, i) => (
              <tr key={i}>
                <th scope="row">{name}</th>
                <td>
                  <select
                    aria-label={`Joint ${name}`}
                    value={String(table[i])}
                    onChange={({ target }) => setTable(table.with(i, targetOf(target.value)))}
                  >
                    {JOINTS.map((_, joint) => (
                      <option key={joint} value={joint}>
                        {jointLabel(joint)}
                      </option>
                    ))}
                    {OTHERS.map(([value, label]) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="dialog-foot">
        <p aria-live="polite">
          {twice.length > 0
            ? `${jointLabel(Number(twice[0]))} is chosen twice.`
            : `${chosen} of ${names.length} joints are used as labels.`}
        </p>
        <button type="button" className="primary" disabled={twice.length > 0 || chosen === 0} onClick={() => onAnswer(table)}>
          {purpose === 'import' ? 'Import' : 'Compare'}
        </button>
      </div>
    </Dialog>
  );
}
