import type { Detector } from './detector/detector';
import type { OnCompiled, Pixels } from './network';
import type { PoseModel } from './pose-model';

/**
 * Compiles the shaders of both networks, if they have any, and runs each on a blank image: everything that the first real one would otherwise
 * wait for. blank: one black square with this side, pixels. Rejects if a network does not work, or with the signal's reason.
 */
export async function warmUp(
  signal: AbortSignal,
  { model, detector }: { readonly model: PoseModel; readonly detector: Detector },
  blank: (side: number) => Pixels,
  onProgress: OnCompiled = () => undefined,
): Promise<void> {
  await Promise.all([model.compile(onProgress), detector.compile(onProgress)]);
  signal.throwIfAborted();
  const [person] = await model.run(signal, blank(model.info.input), 'none');
  const [maps] = await detector.maps(signal, blank(detector.contract.input.size));
  // A driver that drops a command without an error leaves zeros.
  if (!person?.joints.every(({ presence }) => presence > 0)) throw new Error('the pose network returned zeros or NaN');
  if (!maps?.every(Number.isFinite) || !maps.some((value) => value !== 0)) throw new Error('the detector returned zeros or NaN');
}
