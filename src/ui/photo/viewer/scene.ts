import { draftOf, type Gesture } from '../../../app/photo/gesture';
import type { Person } from '../../../app/photo/people';
import type { State } from '../../../app/shell/store';
import { heatCanvas } from '../../../draw/heat';
import type { Picture, Scene } from '../../../draw/paint';
import { mapSize } from '../../../pose/heatmap';
import { ALL_JOINTS, JOINT_COUNT } from '../../../pose/skeleton';
import type { View } from '../../../pose/space';

const coloured = new WeakMap<Float32Array, Map<string, HTMLCanvasElement>>();

/** Coloured heat-maps of [19, size, size] maps, made once for each choice of joints. */
export function heatOf(maps: Float32Array, joints: readonly number[]): HTMLCanvasElement {
  const made = coloured.get(maps) ?? new Map<string, HTMLCanvasElement>();
  coloured.set(maps, made);
  const key = joints.join();
  const canvas = made.get(key) ?? heatCanvas(maps, joints, mapSize(maps.subarray(0, maps.length / JOINT_COUNT)));
  made.set(key, canvas);
  return canvas;
}

/** The open photograph as something to draw, or undefined if there is none (any more). */
export function pictureOf({ photo }: State): Picture | undefined {
  if (!photo || photo.frame.bitmap.width === 0) return undefined; // a closed bitmap has no width
  const { bitmap, width, height } = photo.frame;
  return { source: bitmap, width, height };
}

function heatFor({ result }: Person, { overlay, chosenJoint }: State): HTMLCanvasElement | undefined {
  if (overlay.heat === 'none' || !result.coarseMaps) return undefined;
  return heatOf(result.coarseMaps, overlay.heat === 'all' ? ALL_JOINTS : [chosenJoint]);
}

/** What lies over the photograph, from the state and the gesture under way. */
export function sceneOf(state: State, gesture: Gesture, view: View): Scene {
  return {
    view,
    people: state.people.map((person) => ({
      pose: person.result.pose,
      coarse: person.result.coarse,
      roi: person.result.roi,
      chosen: person.id === state.chosenPerson,
      box: person.origin.kind === 'box' ? person.origin.box : undefined,
      heat: heatFor(person, state),
    })),
    skeleton: state.overlay.skeleton,
    offsets: state.overlay.offsets,
    threshold: state.threshold,
    chosenJoint: state.chosenJoint,
    draft: draftOf(gesture),
    cursor: gesture.kind === 'aiming' ? gesture.at : undefined,
  };
}
