/** Where the networks' files are. */
import type { InitParams, NetworkUrls } from '../engine/protocol';
import { inPage } from './image-input';

export interface NetworkChoice {
  /** Address of the folder with the pose network's contract.json and weights, relative to the page. Default: the shipped ones. */
  readonly modelUrl?: string | URL | undefined;
  /** The same for the detector, which finds people if no boxes are given. Default: the shipped one; with `modelUrl`, detector/ beside that folder. */
  readonly detectorUrl?: string | URL | undefined;
}

/*
 * Bundlers recognise the form new URL('...', import.meta.url) and include the files. The paths are relative to the built module, which is
 * beside models/, so our own build must not follow them. Functions, because a script that is not a module has no import.meta.url: it must load
 * all the same.
 */

const shippedCascade = (): Required<NetworkUrls> => ({
  contract: new URL(/* @vite-ignore */ './models/cascade/contract.json', import.meta.url).href,
  weights: new URL(/* @vite-ignore */ './models/cascade/weights.bin', import.meta.url).href,
});

const shippedDetector = (): Required<NetworkUrls> => ({
  contract: new URL(/* @vite-ignore */ './models/detector/contract.json', import.meta.url).href,
  weights: new URL(/* @vite-ignore */ './models/detector/weights.bin', import.meta.url).href,
});

/** Turbopack gives files addresses without an origin, which mean nothing in the worker that it starts from a blob. */
const absolute = ({ contract, weights }: Required<NetworkUrls>, base: string | undefined): NetworkUrls => ({
  contract: new URL(contract, base).href,
  weights: new URL(weights, base).href,
});

/**
 * A worker started from a blob has an address without a folder; in a sandboxed frame, it has no origin either. undefined on a server, which
 * starts no worker.
 */
function workerBase(): string | undefined {
  const { location } = globalThis as { readonly location?: Location };
  return location?.protocol === 'blob:' && location.origin !== 'null' ? location.origin : location?.href;
}

/** The folder may end with a slash or not; a query, such as a token, is kept. */
function inFolder(folder: string | URL, base: string | undefined): NetworkUrls {
  const url = new URL(folder, base);
  url.pathname = url.pathname.replace(/\/?$/, '/contract.json');
  return { contract: url.href };
}

export function networksOf({ modelUrl, detectorUrl }: NetworkChoice): Pick<InitParams, 'model' | 'detector'> {
  const base = inPage ? document.baseURI : workerBase();
  const pose = modelUrl ? inFolder(modelUrl, base) : absolute(shippedCascade(), base);
  const beside = modelUrl
    ? inFolder(`../detector${new URL(pose.contract).search}`, pose.contract)
    : absolute(shippedDetector(), base);
  return { model: pose, detector: detectorUrl ? inFolder(detectorUrl, base) : beside };
}
