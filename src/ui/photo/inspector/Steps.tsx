import type { ReactNode } from 'react';
import { paintArea, paintArrow, paintCells, paintDot, paintRing, paintSquare } from '../../../draw/cascade';
import { heatOf } from '../../../draw/heat';
import { jointRgb } from '../../../draw/palette';
import { jointLabel } from '../../../pose/skeleton';
import { boxWithin, type JointTrace, within } from './joint-trace';
import { PanelCanvas } from './PanelCanvas';

const SIDE = 192;

function Step({ number, title, children, text }: { number: number; title: string; children: ReactNode; text: string }) {
  return (
    <li className="step">
      <h3>
        <span className="step-number">{number}</span> {title}
      </h3>
      <div className="step-figure">{children}</div>
      <p>{text}</p>
    </li>
  );
}

function scaled([x, y]: readonly [number, number]): readonly [number, number] {
  return [x * SIDE, y * SIDE];
}

export function PyramidStep({ trace }: { trace: JointTrace }) {
  const { picture, crop, stages } = trace;
  return (
    <Step
      number={1}
      title="Three scales"
      text={`The crop at ${stages.pyramid.join(', ')} px. One bank of convolutions looks at each; the coarser ones see more of the body at once.`}
    >
      <div className="pyramid">
        {stages.pyramid.map((side, level) => (
          <PanelCanvas
            key={side}
            side={side}
            {...(level === 0 ? { label: 'The crop that the network sees, at its three scales' } : {})}
            paint={(ctx) => paintArea(ctx, picture, { area: crop, side })}
          />
        ))}
      </div>
    </Step>
  );
}

export function CoarseStep({ trace }: { trace: JointTrace }) {
  const { picture, crop, stages, joint, peak, presence } = trace;
  const { size, stride } = stages.coarse;
  const cell = { x: peak.column / size, y: peak.row / size, width: 1 / size, height: 1 / size };
  const sure = `${Math.round(presence * 100)}%`;
  return (
    <Step
      number={2}
      title="Coarse map"
      text={`${size} × ${size} cells of ${stride} px. It gives ${sure} to the ${jointLabel(joint)} being in the picture; the strongest cell is column ${peak.column + 1}, row ${peak.row + 1}.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Coarse heat-map of the ${jointLabel(joint)}`}
        paint={(ctx) => {
          paintArea(ctx, picture, { area: crop, side: SIDE });
          paintCells(ctx, heatOf(trace.coarseMaps, [joint]), SIDE);
          paintSquare(ctx, SIDE, cell, [247, 243, 232], 1.5);
        }}
      />
    </Step>
  );
}

export function PiecesStep({ trace }: { trace: JointTrace }) {
  const { picture, crop, stages, joint, pieces } = trace;
  const side = stages.fine.size * stages.fine.stride;
  return (
    <Step
      number={3}
      title="Fine crops"
      text={`Round each of the ${pieces.length} peaks, ${side} × ${side} px are cut from the features of the early layers, not from the picture: nothing is computed twice.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`The pieces round all coarse peaks; that of the ${jointLabel(joint)} stands out`}
        paint={(ctx) => {
          paintArea(ctx, picture, { area: crop, side: SIDE });
          ctx.globalAlpha = 0.55;
          for (const [j, piece] of pieces.entries()) paintSquare(ctx, SIDE, boxWithin(piece, crop), jointRgb(j), 1);
          ctx.globalAlpha = 1;
          const own = pieces[joint];
          if (own) paintSquare(ctx, SIDE, boxWithin(own, crop), jointRgb(joint), 2.5);
        }}
      />
    </Step>
  );
}

export function FineStep({ trace }: { trace: JointTrace }) {
  const { picture, stages, joint, fineMaps, refined } = trace;
  const area = trace.pieces[joint];
  if (!area) return null;
  const { size, stride } = stages.fine;
  return (
    <Step
      number={4}
      title="Fine map"
      text={`${size} × ${size} cells of ${stride} px, by convolutions that all joints share and one last layer of the joint's own. The joint is at the map's mean, between the cells.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Fine heat-map of the ${jointLabel(joint)}`}
        paint={(ctx) => {
          paintArea(ctx, picture, { area, side: SIDE });
          paintCells(ctx, heatOf(fineMaps, [joint]), SIDE);
          paintDot(ctx, ...scaled(within(refined, area)), jointRgb(joint));
        }}
      />
    </Step>
  );
}

export function OffsetStep({ trace }: { trace: JointTrace }) {
  const { picture, joint, coarse, refined } = trace;
  const area = trace.pieces[joint];
  if (!area) return null;
  const [dx, dy] = [refined.x - coarse.x, refined.y - coarse.y];
  const words = `${Math.abs(dx).toFixed(1)} px ${dx < 0 ? 'left' : 'right'} and ${Math.abs(dy).toFixed(1)} px ${dy < 0 ? 'up' : 'down'}`;
  return (
    <Step
      number={5}
      title="The correction"
      text={`From the best that the coarse map can say (ring) to the refined place (dot): ${words}, in pixels of the photograph.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Correction of the ${jointLabel(joint)}: ${words}`}
        paint={(ctx) => {
          paintArea(ctx, picture, { area, side: SIDE });
          paintRing(ctx, ...scaled(within(coarse, area)));
          paintDot(ctx, ...scaled(within(refined, area)), jointRgb(joint));
          paintArrow(ctx, scaled(within(coarse, area)), scaled(within(refined, area)));
        }}
      />
    </Step>
  );
}
