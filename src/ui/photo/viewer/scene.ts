import { draftOf, type Gesture } from '../../../app/photo/gesture';
import type { Person } from '../../../app/photo/people';
import type { PhotoState } from '../../../app/photo/state';
import { heatOf } from '../../../draw/heat';
import type { DrawnImage, Scene } from '../../../draw/paint';
import { ALL_JOINTS } from '../../../pose/skeleton';
import type { View } from '../../../pose/space';

/** The open photo as something to draw; undefined if there is none, or its bitmap is closed. */
export function imageOf({ photo }: PhotoState): DrawnImage | undefined {
  if (!photo || photo.frame.bitmap.width === 0) return undefined; // a closed bitmap has no width
  const { bitmap, width, height } = photo.frame;
  return { source: bitmap, width, height };
}

function heatFor({ result }: Person, { overlay, chosenJoint }: PhotoState): HTMLCanvasElement | undefined {
  if (overlay.heat === 'none' || !result.coarseMaps) return undefined;
  return heatOf(result.coarseMaps, overlay.heat === 'all' ? ALL_JOINTS : [chosenJoint]);
}

/** What lies over the photo, from the state and the gesture in progress. threshold: joints that score less are not drawn; 0..1. */
export function sceneOf(state: PhotoState, threshold: number, gesture: Gesture, view: View): Scene {
  const heat = state.people.map((person) => heatFor(person, state));
  return {
    view,
    veiled: heat.some(Boolean) ? state.photo?.frame : undefined,
    people: state.people.map((person, i) => ({
      pose: person.result.pose,
      stages: person.result,
      roi: person.result.roi,
      chosen: person.id === state.chosenPerson,
      number: state.people.length > 1 ? i + 1 : undefined, // as in the list; somebody alone needs none
      box: person.origin.kind === 'box' ? person.origin.box : undefined,
      heat: heat[i],
    })),
    skeleton: state.overlay.skeleton,
    offsets: state.overlay.offsets,
    threshold,
    chosenJoint: state.chosenJoint,
    boxes: [draftOf(gesture) ?? [], ...state.waiting.map((origin) => (origin.kind === 'box' ? origin.box : []))].flat(),
    points: [
      gesture.kind === 'aiming' ? gesture.at : [],
      ...state.waiting.map((origin) => (origin.kind === 'point' ? origin.at : [])),
    ].flat(),
  };
}
