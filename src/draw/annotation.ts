import { GRIPS, gripPoint } from '../annotate/box';
import type { ImageDocument, Label, Subject } from '../annotate/document';
import type { Selection } from '../annotate/hit-test';
import { type Box, iou } from '../pose/roi';
import { ALL_JOINTS, EDGES, jointLabel, sideOf } from '../pose/skeleton';
import { type ImagePoint, imagePoint, imageToView, type View } from '../pose/space';
import { type HeatPatch, paintPatches } from './heat-patch';
import { strokeOutlined } from './outline';
import { drawCross, strokeBox, VEIL } from './paint';
import { boneRgb, CREAM, css, HALO, jointRgb } from './palette';

/** Everything drawn over an annotated image. Boxes in image pixels. */
export interface AnnotationScene {
  readonly view: View;
  readonly document: ImageDocument;
  readonly selection: Selection;
  readonly names: boolean;
  readonly edges: boolean;
  readonly boxes: boolean;
  readonly ghost: boolean;
  /** Heat-maps of one joint, coarse below fine. */
  readonly heat: readonly HeatPatch[];
  /** The box being drawn. */
  readonly drawn: Box | undefined;
  /** The crosshair that draws it, if that is done with the keyboard. Image pixels. */
  readonly aim: ImagePoint | undefined;
}

/** Radius of a handle, CSS pixels: the same at any zoom, except for people who are small on the screen. */
const HANDLE = { share: 0.025, smallest: 2.5, largest: 5.5 };
/** A draft nearer to the label than this is not drawn, CSS pixels. */
const SAME_PLACE = 3;

/** Handle radius for a person, by the size of their box on the screen. */
function handleRadius({ box }: Subject, view: View): number {
  const side = Math.max(box.width, box.height) * view.scale;
  return Math.min(HANDLE.largest, Math.max(HANDLE.smallest, HANDLE.share * side));
}

const seen = (label: Label | undefined): label is Label => label !== undefined && label.visibility > 0;

function bones(ctx: CanvasRenderingContext2D, { labels }: Subject, view: View): void {
  ctx.lineCap = 'round';
  for (const [a, b] of EDGES) {
    const [from, to] = [labels[a], labels[b]];
    if (!seen(from) || !seen(to)) continue;
    const [start, end] = [imageToView(from, view), imageToView(to, view)];
    strokeOutlined(ctx, 2.5, css(boneRgb(a, b)), () => {
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
    });
  }
}

/** The joints as the cascade drafted them: a small cross each, and a dashed line to where the label is now. */
function ghost(ctx: CanvasRenderingContext2D, { labels, prediction }: Subject, view: View, joint: number | undefined): void {
  prediction?.forEach((drafted, index) => {
    const label = labels[index];
    const at = imageToView(drafted, view);
    const now = seen(label) ? imageToView(label, view) : undefined;
    if (now ? Math.hypot(now.x - at.x, now.y - at.y) < SAME_PLACE : index !== joint) return;
    strokeOutlined(ctx, 1.25, css(jointRgb(index)), () => {
      for (const turn of [1, -1]) {
        ctx.moveTo(at.x - 4, at.y - 4 * turn);
        ctx.lineTo(at.x + 4, at.y + 4 * turn);
      }
    });
    if (!now) return;
    ctx.setLineDash([3, 4]);
    strokeOutlined(ctx, 1, css(jointRgb(index)), () => {
      ctx.moveTo(at.x, at.y);
      ctx.lineTo(now.x, now.y);
    });
    ctx.setLineDash([]);
  });
}

/** Somebody who may be there: dashed, with a question mark; the first one, which the keys act on, is the most opaque. */
function suggestion(ctx: CanvasRenderingContext2D, subject: Subject, view: View, first: boolean): void {
  ctx.save();
  ctx.globalAlpha = first ? 0.9 : 0.55;
  strokeBox(ctx, subject.box, view, first ? 0.9 : 0.55, [6, 4]);
  ctx.setLineDash([5, 5]);
  bones(ctx, subject, view);
  ctx.setLineDash([]);
  const corner = imageToView(imagePoint(subject.box.x, subject.box.y), view);
  ctx.font = '700 15px ui-sans-serif, system-ui, sans-serif';
  ctx.textBaseline = 'top';
  tag(ctx, '?', corner.x + 6, corner.y + 5);
  ctx.restore();
}

/** Handles: filled where visible, hollow where hidden; the chosen one with a ring around it. */
function handles(ctx: CanvasRenderingContext2D, subject: Subject, view: View, joint: number | undefined): void {
  const radius = handleRadius(subject, view);
  subject.labels.forEach((label, index) => {
    if (!seen(label)) return;
    const { x, y } = imageToView(label, view);
    const colour = css(jointRgb(index));
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = label.visibility === 2 ? colour : VEIL;
    ctx.fill();
    strokeOutlined(ctx, label.visibility === 2 ? 0 : 2, label.visibility === 2 ? HALO : colour, () =>
      ctx.arc(x, y, radius, 0, 2 * Math.PI),
    );
    if (index === joint) strokeOutlined(ctx, 2, '#fff', () => ctx.arc(x, y, radius + 4.5, 0, 2 * Math.PI));
  });
}

const LINE = 14; // height of a line of text, CSS pixels

function tag(ctx: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = HALO;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = CREAM;
  ctx.fillText(text, x, y);
}

/** Names next to the handles, on the left for the person's right. Names that would cover another are omitted, but never the chosen joint's. */
function names(ctx: CanvasRenderingContext2D, subject: Subject, view: View, joint: number | undefined, all: boolean): void {
  const gap = handleRadius(subject, view) + 6;
  const drawn: Box[] = [];
  ctx.font = '600 12px ui-sans-serif, system-ui, sans-serif';
  ctx.textBaseline = 'middle';
  const order = all ? ALL_JOINTS.toSorted((a, b) => Number(b === joint) - Number(a === joint)) : [joint ?? -1];
  for (const index of order) {
    const label = subject.labels[index];
    if (!seen(label)) continue;
    const { x, y } = imageToView(label, view);
    const width = ctx.measureText(jointLabel(index)).width;
    const left = sideOf(index) === 'right' ? x - gap - width : x + gap;
    const box = { x: left, y: y - LINE / 2, width, height: LINE };
    if (drawn.some((other) => iou(box, other) > 0)) continue;
    drawn.push(box);
    tag(ctx, jointLabel(index), left, y);
  }
}

function grips(ctx: CanvasRenderingContext2D, box: Box, view: View): void {
  for (const grip of GRIPS) {
    const { x, y } = imageToView(gripPoint(box, grip), view);
    ctx.fillStyle = HALO;
    ctx.fillRect(x - 4.5, y - 4.5, 9, 9);
    ctx.fillStyle = CREAM;
    ctx.fillRect(x - 3, y - 3, 6, 6);
  }
}

/** Paints everything that lies over an annotated image. The context is cleared and in CSS pixels. */
export function paintAnnotation(ctx: CanvasRenderingContext2D, scene: AnnotationScene): void {
  const { view, selection, document } = scene;
  paintPatches(ctx, scene.heat, view);
  document.suggestions?.forEach((subject, i) => {
    suggestion(ctx, subject, view, i === 0);
  });
  const ordered = [...document.subjects].sort((a, b) => Number(a.id === selection.subject) - Number(b.id === selection.subject));
  for (const subject of ordered) {
    const chosen = subject.id === selection.subject;
    const joint = chosen ? selection.joint : undefined;
    ctx.save();
    ctx.globalAlpha = chosen ? 1 : 0.6;
    if (scene.boxes) strokeBox(ctx, subject.box, view, chosen ? 1 : 0.5, []);
    if (scene.boxes && chosen) grips(ctx, subject.box, view);
    if (scene.edges) bones(ctx, subject, view);
    if (scene.ghost && chosen) ghost(ctx, subject, view, joint);
    handles(ctx, subject, view, joint);
    if (chosen && (scene.names || joint !== undefined)) names(ctx, subject, view, joint, scene.names);
    ctx.restore();
  }
  if (scene.drawn) strokeBox(ctx, scene.drawn, view, 1, [6, 4]);
  if (scene.aim) drawCross(ctx, scene.aim, view);
}
