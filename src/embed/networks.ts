/** Where the networks' files are. */
import { MODELS, type ModelName } from '../engine/models';
import type { InitParams, NetworkUrls } from '../engine/protocol';
import { inPage } from './image-input';

export interface NetworkChoice {
  /** Which of the shipped models to use. Default: the first of MODELS. */
  readonly model?: ModelName | undefined;
  /** Instead of `model`: address of the folder with contract.json and the weights, relative to the page. */
  readonly modelUrl?: string | URL | undefined;
  /** The same for the detector, which finds people if no boxes are given. Default: the shipped one; with `modelUrl`, detector/ beside that folder. */
  readonly detectorUrl?: string | URL | undefined;
}

/*
 * Bundlers recognise the form new URL('...', import.meta.url) and include the files. The paths are relative to the built module, which is
 * beside models/, so our own build must not follow them. Functions, because a script that is not a module has no import.meta.url: it must load
 * all the same.
 */

const SHIPPED: Readonly<Record<ModelName, () => Required<NetworkUrls>>> = {
  cascade: () => ({
    contract: new URL(/* @vite-ignore */ './models/cascade/contract.json', import.meta.url).href,
    weights: new URL(/* @vite-ignore */ './models/cascade/weights.bin', import.meta.url).href,
  }),
};

const shippedDetector = (): Required<NetworkUrls> => ({
  contract: new URL(/* @vite-ignore */ './models/detector/contract.json', import.meta.url).href,
  weights: new URL(/* @vite-ignore */ './models/detector/weights.bin', import.meta.url).href,
});

/** Turbopack gives files addresses without an origin, which mean nothing in the worker that it starts from a blob. */
const absolute = ({ contract, weights }: Required<NetworkUrls>, base: string | undefined): NetworkUrls => ({
  contract: new URL(contract, base).href,
  weights: new URL(weights, base).href,
});

/** The folder may end with a slash or not; a query, such as a token, is kept. */
function inFolder(folder: string | URL, base: string): NetworkUrls {
  const url = new URL(folder, base);
  url.pathname = url.pathname.replace(/\/?$/, '/contract.json');
  return { contract: url.href };
}

/** Throws a RangeError for a model that is not shipped (untyped code may ask for one). */
export function networksOf({ model = MODELS[0], modelUrl, detectorUrl }: NetworkChoice): Pick<InitParams, 'model' | 'detector'> {
  if (!modelUrl && !MODELS.includes(model)) throw new RangeError(`no model ${model} ships with posecade: ${MODELS.join(', ')}`);
  const base = inPage ? document.baseURI : globalThis.location?.href; // a server has neither, and starts no worker either
  const pose = modelUrl ? inFolder(modelUrl, base) : absolute(SHIPPED[model](), base);
  const beside = modelUrl
    ? inFolder(`../detector${new URL(pose.contract).search}`, pose.contract)
    : absolute(shippedDetector(), base);
  return { model: pose, detector: detectorUrl ? inFolder(detectorUrl, base) : beside };
}
