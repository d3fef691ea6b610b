import { SourceError } from './error';

/** A photograph that ships with the app; its credit is shown with it. */
export interface Sample {
  readonly file: string;
  readonly title: string;
  readonly author: string;
  readonly licence: string;
  readonly licenceUrl: string;
  readonly source: string;
  readonly width: number;
  readonly height: number;
  /** What is to be seen, for those who do not see it. */
  readonly alt: string;
  /** What was done to the original. */
  readonly changes: string;
}

async function fetchFile(signal: AbortSignal, address: string, name: string): Promise<Response> {
  const answer = await fetch(address, { signal }).catch((cause) => {
    signal.throwIfAborted();
    throw new SourceError('sample-unreachable', name, { cause });
  });
  if (!answer.ok) throw new SourceError('sample-unreachable', name, { cause: answer.status });
  return answer;
}

/** Reads the list of samples from credits.json in `folder` (an address with a closing slash). Throws a SourceError. */
export async function listSamples(signal: AbortSignal, folder: string): Promise<readonly Sample[]> {
  return (await fetchFile(signal, `${folder}credits.json`, 'credits.json')).json();
}

/** The bytes of one sample. Throws a SourceError. */
export async function fetchSample(signal: AbortSignal, folder: string, sample: Sample): Promise<Blob> {
  return (await fetchFile(signal, folder + sample.file, sample.file)).blob();
}
