import { drawnBox } from '../../annotate/gesture';
import type { EditorState } from '../../app/annotate/editor-state';
import type { Show } from '../../app/annotate/show';
import type { AnnotationScene } from '../../draw/annotation';
import { heatOf } from '../../draw/heat';
import type { HeatPatch } from '../../draw/heat-patch';
import type { ModelInfo } from '../../engine/protocol';
import { roiBox } from '../../pose/roi';
import { cropToImage } from '../../pose/space';

/** The coarse map of the hovered or chosen joint over its crop, and its fine map over the piece that it was found in. */
function heatOfJoint({ pointed, selection, results }: EditorState, model: ModelInfo | undefined): readonly HeatPatch[] {
  const { subject, joint } = pointed ?? selection;
  const result = subject === undefined ? undefined : results.get(subject);
  if (!result?.coarseMaps || joint === undefined || !model) return [];
  const coarse = { heat: heatOf(result.coarseMaps, [joint]), box: roiBox(result.roi) };
  const origin = result.fineOrigins?.[joint];
  const fine = model.stages?.fine;
  if (!result.fineMaps || !origin || !fine) return [coarse];
  const side = (fine.size * fine.stride * result.roi.side) / model.input;
  const { x, y } = cropToImage(origin, result.roi, model.input);
  return [coarse, { heat: heatOf(result.fineMaps, [joint]), box: { x, y, width: side, height: side } }];
}

/** What lies over the image, from the editor's state. */
export function annotationScene(state: EditorState, show: Show, model: ModelInfo | undefined): AnnotationScene {
  const { view, document, selection, gesture } = state;
  const { names, edges, boxes, ghost } = show;
  return {
    view,
    document,
    selection,
    names,
    edges,
    boxes,
    ghost,
    heat: show.heat ? heatOfJoint(state, model) : [],
    drawn: drawnBox(gesture),
    aim: gesture.kind === 'adding' ? gesture.aim?.at : undefined,
  };
}
