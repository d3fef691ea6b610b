import { SourceError } from './error';

/** A photo that ships with the app; its credit is shown with it. */
export interface Sample {
  readonly file: string;
  /** Short; the title is the author's. */
  readonly name: string;
  readonly title: string;
  readonly author: string;
  readonly licence: string;
  readonly licenceUrl: string;
  readonly source: string;
  readonly width: number;
  readonly height: number;
  /** A description, for those who cannot see it. */
  readonly alt: string;
  /** How it differs from the original. */
  readonly changes: string;
}

async function fetchFile<T>(
  signal: AbortSignal,
  address: string,
  name: string,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return await read(answer);
  } catch (cause) {
    signal.throwIfAborted();
    throw new SourceError('sample-unreachable', name, { cause });
  }
}

/** Reads the list of samples from credits.json in `folder` (an address with a trailing slash). Throws a SourceError. */
export async function listSamples(signal: AbortSignal, folder: string): Promise<readonly Sample[]> {
  return fetchFile(signal, `${folder}credits.json`, 'credits.json', (answer) => answer.json());
}

/** The bytes of one sample. Throws a SourceError. */
export async function fetchSample(signal: AbortSignal, folder: string, sample: Sample): Promise<Blob> {
  return fetchFile(signal, folder + sample.file, sample.file, (answer) => answer.blob());
}
