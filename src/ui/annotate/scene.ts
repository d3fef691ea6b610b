import { drawnBox } from '../../annotate/gesture';
import type { EditorState } from '../../app/annotate/editor';
import type { Show } from '../../app/annotate/show';
import type { AnnotationScene } from '../../draw/annotation';
import type { HeatPatch } from '../../draw/heat-patch';
import type { ModelInfo } from '../../engine/protocol';
import { roiBox } from '../../pose/roi';
import { cropToImage } from '../../pose/space';
import { heatOf } from '../stage/scene';

/** The coarse map of the chosen joint over its crop, and its fine map over the piece that it was found in. */
function heatOfChoice({ choice, looks }: EditorState, model: ModelInfo | undefined): readonly HeatPatch[] {
  const look = choice.subject === undefined ? undefined : looks.get(choice.subject);
  const { joint } = choice;
  if (!look?.coarseMaps || joint === undefined || !model) return [];
  const coarse = { heat: heatOf(look.coarseMaps, [joint]), box: roiBox(look.roi) };
  const origin = look.fineOrigins?.[joint];
  if (!look.fineMaps || !origin) return [coarse];
  const side = (model.fine.size * model.fine.stride * look.roi.side) / model.input;
  const { x, y } = cropToImage(origin, look.roi, model.input);
  return [coarse, { heat: heatOf(look.fineMaps, [joint]), box: { x, y, width: side, height: side } }];
}

/** What lies over the image, from the editor's state. */
export function annotationScene(state: EditorState, show: Show, model: ModelInfo | undefined): AnnotationScene {
  const { view, document, choice, gesture } = state;
  const { names, edges, boxes, ghost } = show;
  return {
    view,
    document,
    choice,
    names,
    edges,
    boxes,
    ghost,
    heat: show.heat ? heatOfChoice(state, model) : [],
    drawn: drawnBox(gesture),
  };
}
