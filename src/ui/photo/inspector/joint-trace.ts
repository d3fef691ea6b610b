import type { Person } from '../../../app/photo/people';
import type { DrawnImage } from '../../../draw/paint';
import type { ModelInfo, Stages } from '../../../engine/protocol';
import { type Peak, peak, presence } from '../../../pose/heatmap';
import { type Box, roiBox } from '../../../pose/roi';
import { cropToImage, type ImagePoint } from '../../../pose/space';

/** Everything that the panels show of one joint. Boxes and points in image pixels. */
export interface JointTrace {
  readonly image: DrawnImage;
  readonly stages: Stages;
  readonly person: Person;
  readonly joint: number;
  /** The network's input. */
  readonly crop: Box;
  readonly coarseMaps: Float32Array;
  readonly peak: Peak;
  readonly presence: number;
  readonly fineMaps: Float32Array;
  /** What each joint's fine map covers. */
  readonly pieces: readonly Box[];
  readonly coarse: ImagePoint;
  readonly refined: ImagePoint;
}

/** Where a point lies in an area, as shares of its side. */
export function within(point: ImagePoint, area: Box): readonly [number, number] {
  return [(point.x - area.x) / area.width, (point.y - area.y) / area.height];
}

/** Where a box lies in an area, as shares of its side. */
export function boxWithin(box: Box, area: Box): Box {
  return {
    x: (box.x - area.x) / area.width,
    y: (box.y - area.y) / area.height,
    width: box.width / area.width,
    height: box.height / area.height,
  };
}

/** How one joint came to be where it is; undefined until its maps are available, or if the model has none. */
export function traceJoint(image: DrawnImage, model: ModelInfo, person: Person, joint: number): JointTrace | undefined {
  const { roi, coarseMaps, fineMaps, fineOrigins, coarse, refined } = person.result;
  const [from, to] = [coarse[joint], refined[joint]];
  const { stages, input } = model;
  if (!stages || !coarseMaps || !fineMaps || !fineOrigins || !from || !to) return undefined;
  const cells = stages.coarse.size ** 2;
  const map = coarseMaps.subarray(joint * cells, (joint + 1) * cells);
  const side = (stages.fine.size * stages.fine.stride * roi.side) / input;
  const pieces = fineOrigins.map((origin) => ({ ...cropToImage(origin, roi, input), width: side, height: side }));
  return {
    image,
    stages,
    person,
    joint,
    crop: roiBox(roi),
    coarseMaps,
    peak: peak(map),
    presence: presence(map),
    fineMaps,
    pieces,
    coarse: from,
    refined: to,
  };
}
