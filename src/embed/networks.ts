/** Where the networks' files are. */
import { MODELS, type ModelName } from '../engine/models';
import type { InitParams, NetworkUrls } from '../engine/protocol';
import { inPage } from './image-input';

export interface NetworkChoice {
  /** Which of the weights that ship beside this module. Default: the first of MODELS. */
  readonly model?: ModelName | undefined;
  /** In place of `model`: address of the folder with contract.json and the weights, of the page's own if relative. */
  readonly modelUrl?: string | URL | undefined;
  /** The same of the detector, which finds people in images without boxes. Default: the one in the package; with `modelUrl`, detector/ beside that folder. */
  readonly detectorUrl?: string | URL | undefined;
}

/*
 * The form new URL('...', import.meta.url) is the one that bundlers know: they take the files along. The paths are those of the built module,
 * which lies beside models/, so our own build must not follow them.
 */

const SHIPPED: Readonly<Record<ModelName, NetworkUrls>> = {
  cascade: {
    contract: new URL(/* @vite-ignore */ './models/cascade/contract.json', import.meta.url).href,
    weights: new URL(/* @vite-ignore */ './models/cascade/weights.bin', import.meta.url).href,
  },
};

const DETECTOR: NetworkUrls = {
  contract: new URL(/* @vite-ignore */ './models/detector/contract.json', import.meta.url).href,
  weights: new URL(/* @vite-ignore */ './models/detector/weights.bin', import.meta.url).href,
};

/** With or without a slash at the folder's end; a query, such as a token's, goes along. */
function inFolder(folder: string | URL, base: string): NetworkUrls {
  const url = new URL(folder, base);
  url.pathname = url.pathname.replace(/\/?$/, '/contract.json');
  return { contract: url.href };
}

/** Throws a RangeError for a model that does not ship (code without types may ask for one). */
export function networksOf({ model = MODELS[0], modelUrl, detectorUrl }: NetworkChoice): Pick<InitParams, 'model' | 'detector'> {
  if (!modelUrl && !MODELS.includes(model)) throw new RangeError(`no model ${model} ships with posecade: ${MODELS.join(', ')}`);
  const base = inPage ? document.baseURI : location.href;
  const pose = modelUrl ? inFolder(modelUrl, base) : SHIPPED[model];
  const beside = modelUrl ? inFolder(`../detector${new URL(pose.contract).search}`, pose.contract) : DETECTOR;
  return { model: pose, detector: detectorUrl ? inFolder(detectorUrl, base) : beside };
}
