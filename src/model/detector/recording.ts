/** The detector as steps of a program. */
import { pyramid } from '../webgpu/pyramid';
import { Recorder, type RecordingFor } from '../webgpu/recorder';
import { tensor } from '../webgpu/tensor';
import type { Weights } from '../weights';
import type { DetectorContract } from './contract';
import { detectorLayers } from './layers';

/** Takes weights whose heads are joined. The result has the maps of each image: [cells, cells, 8], the five channels first. */
export function detectorRecording({ input }: DetectorContract, weights: Weights): RecordingFor {
  return (images, tiling) => {
    const recorder = new Recorder(weights, tiling);
    const image = tensor('image', images, input.size, 3);
    recorder.record(() => pyramid([image], input));
    const maps = detectorLayers(recorder, image);
    return recorder.finish(maps.place.storage);
  };
}
