import type { Detector } from './detector/detector';
import type { OnCompiled, Pixels } from './network';
import type { PoseModel } from './pose-model';

/**
 * Compiles the shaders of both networks, if they have any, and runs a blank crop: everything that the first real one would otherwise wait for.
 * blank: one black square with this side, pixels. Rejects if the result is not a number, or with the signal's reason.
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
  if (!person?.joints.every(({ score }) => Number.isFinite(score))) throw new Error('the network does not answer with numbers');
}
