import type { Evaluation } from '../../annotate/evaluate';
import { PCK_AT, type Score } from '../../annotate/score';
import { count } from '../../app/shell/format';
import { jointLabel } from '../../pose/skeleton';
import { Dialog } from '../shell/Dialog';

interface Props {
  readonly result: Evaluation;
  /** Name of the file with the trusted labels. */
  readonly truth: string;
  /** How many images of the labels have no draft. */
  readonly undrafted: number;
  onShow(image: number): void;
  onClose(): void;
}

/** How many images are listed, worst first. */
const SHOWN = 100;

const percent = (value: number | undefined) => (value === undefined ? '–' : (100 * value).toFixed(1));

function Figures({ score: { ar, oks, pck, headPck, ece } }: { readonly score: Score }) {
  const figures: readonly (readonly [string, number | undefined])[] = [
    ['AR', ar],
    ['Mean OKS', oks],
    ...PCK_AT.map((t, i) => [`PCK@${t}`, pck[i]] as const),
    ['Head @0.2', headPck],
    ['ECE', ece],
  ];
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{percent(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const HEAD = ['OKS', ...PCK_AT.map((t) => `@${String(t).slice(1)}`)];

/** How well the drafts match trusted labels: in all, by joint, by image. Percent. */
export function EvaluationDialog({ result, truth, undrafted, onShow, onClose }: Props) {
  const { total, joints, images, missed, invented } = result;
  return (
    <Dialog title="Drafts compared with labels" wide onClose={onClose}>
      <p>
        {truth}: {count(total.people, 'person', 'people')} in {count(images.length, 'image')}. {missed} missed by the drafts,{' '}
        {count(invented, 'false detection')}. All figures are percentages.
        {undrafted > 0 && ` Left out: ${count(undrafted, 'image')} without a draft.`}
      </p>
      <Figures score={total} />
      <div className="evaluation-tables">
        <table className="joints">
          <caption>OKS and PCK by joint</caption>
          <thead>
            <tr>
              <th scope="col">Joint</th>
              <th scope="col">Labels</th>
              {HEAD.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {joints.map(({ joint, count: labelled, oks, pck }) => (
              <tr key={joint}>
                <th scope="row">{jointLabel(joint)}</th>
                <td>{labelled}</td>
                {[oks, ...pck].map((value, i) => (
                  <td key={HEAD[i]}>{percent(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <table className="joints">
          <caption>OKS and PCK by image, worst first{images.length > SHOWN && ` (${SHOWN} of ${images.length})`}</caption>
          <thead>
            <tr>
              <th scope="col">Image</th>
              <th scope="col">People</th>
              {HEAD.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {images.slice(0, SHOWN).map(({ id, name, score }) => (
              <tr key={id}>
                <th scope="row">
                  <button type="button" className="link" title={name} onClick={() => onShow(id)}>
                    {name}
                  </button>
                </th>
                <td>{score.people}</td>
                {[score.oks, ...score.pck].map((value, i) => (
                  <td key={HEAD[i]}>{percent(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint">
        OKS uses COCO's sigmas, and 0.53 of the box as the person's area. AR: mean share of people above OKS .50:.05:.95. PCK@t:
        limb joints within t torso lengths. ECE: mean distance between confidence and the share of joints within 0.1 torso
        lengths.
      </p>
    </Dialog>
  );
}
