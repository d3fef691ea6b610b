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
  const { image, crop, stages } = trace;
  return (
    <Step
      number={1}
      title="Three scales"
      text={`The crop at ${stages.pyramid.join(', ')} px. One bank of convolutions runs on each. The coarser scales see more of the body at once.`}
    >
      <div className="pyramid">
        {stages.pyramid.map((side, level) => (
          <PanelCanvas
            key={side}
            side={side}
            {...(level === 0 ? { label: 'The input of the network at its three scales' } : {})}
            paint={(ctx) => paintArea(ctx, image, { area: crop, side })}
          />
        ))}
      </div>
    </Step>
  );
}

export function CoarseStep({ trace }: { trace: JointTrace }) {
  const { image, crop, stages, joint, peak, presence } = trace;
  const { size, stride } = stages.coarse;
  const cell = { x: peak.column / size, y: peak.row / size, width: 1 / size, height: 1 / size };
  const sure = `${Math.round(presence * 100)}%`;
  return (
    <Step
      number={2}
      title="Coarse map"
      text={`${size} × ${size} cells of ${stride} px. The ${jointLabel(joint)} is in the crop with a probability of ${sure}. The peak is in column ${peak.column + 1}, row ${peak.row + 1}.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Coarse heat map of the ${jointLabel(joint)}`}
        paint={(ctx) => {
          paintArea(ctx, image, { area: crop, side: SIDE });
          paintCells(ctx, heatOf(trace.coarseMaps, [joint]), SIDE);
          paintSquare(ctx, SIDE, cell, [247, 243, 232], 1.5);
        }}
      />
    </Step>
  );
}

export function PiecesStep({ trace }: { trace: JointTrace }) {
  const { image, crop, stages, joint, pieces } = trace;
  const side = stages.fine.size * stages.fine.stride;
  return (
    <Step
      number={3}
      title="Fine crops"
      text={`Around each of the ${pieces.length} peaks, ${side} × ${side} px are cropped from features of the coarse stage rather than from the image, so nothing is computed twice. Some of these features have seen the whole person.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`The crops around all coarse peaks; the one around the ${jointLabel(joint)} is highlighted`}
        paint={(ctx) => {
          paintArea(ctx, image, { area: crop, side: SIDE });
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
  const { image, stages, joint, fineMaps, refined } = trace;
  const area = trace.pieces[joint];
  if (!area) return null;
  const { size, stride } = stages.fine;
  return (
    <Step
      number={4}
      title="Fine map"
      text={`${size} × ${size} cells of ${stride} px, from convolutions that all joints share and one last layer per joint. The joint is at the mean of the map, between its cells.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Fine heat map of the ${jointLabel(joint)}`}
        paint={(ctx) => {
          paintArea(ctx, image, { area, side: SIDE });
          paintCells(ctx, heatOf(fineMaps, [joint]), SIDE);
          paintDot(ctx, ...scaled(within(refined, area)), jointRgb(joint));
        }}
      />
    </Step>
  );
}

export function OffsetStep({ trace }: { trace: JointTrace }) {
  const { image, joint, coarse, refined } = trace;
  const area = trace.pieces[joint];
  if (!area) return null;
  const [dx, dy] = [refined.x - coarse.x, refined.y - coarse.y];
  const words = `${Math.abs(dx).toFixed(1)} px ${dx < 0 ? 'left' : 'right'} and ${Math.abs(dy).toFixed(1)} px ${dy < 0 ? 'up' : 'down'}`;
  return (
    <Step
      number={5}
      title="Refinement"
      text={`From the position in the coarse map (ring) to the refined one (dot): ${words}, in pixels of the photo. If the mirrored crop gives a similar position, the joint is the mean of the two.`}
    >
      <PanelCanvas
        side={SIDE}
        label={`Refinement of the ${jointLabel(joint)}: ${words}`}
        paint={(ctx) => {
          paintArea(ctx, image, { area, side: SIDE });
          paintRing(ctx, ...scaled(within(coarse, area)));
          paintDot(ctx, ...scaled(within(refined, area)), jointRgb(joint));
          paintArrow(ctx, scaled(within(coarse, area)), scaled(within(refined, area)));
        }}
      />
    </Step>
  );
}
