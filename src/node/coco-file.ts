import { appendFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { cocoOf, type Found } from './coco';

/** A COCO file that is written at the end of the work. */
export interface CocoFile {
  /**
   * Writes what was found, in place of an earlier file of that name. complete: false after a failure, which leaves the earlier file as it is and
   * writes beside it, unless nothing was found.
   */
  close(found: readonly Found[], complete: boolean): Promise<void>;
}

/** Opens a COCO file. Rejects with an error of the file system if it cannot be written: better now than after all the work. */
export async function openCocoFile(path: string): Promise<CocoFile> {
  const earlier = await stat(path).catch(() => undefined);
  await appendFile(path, '');
  return {
    async close(found, complete) {
      const text = JSON.stringify(cocoOf(found));
      const isPipe = earlier && !earlier.isFile();
      if (complete || isPipe) return writeFile(path, text);
      if (!earlier) await rm(await realpath(path));
      if (found.length > 0) console.error(`The results so far are in ${await writeBeside(`${path}.partial`, text)}.`);
    },
  };
}

/** Writes a new file, with a number at its end if the name is taken: those may be the results of an earlier failure. Returns its name. */
async function writeBeside(path: string, text: string): Promise<string> {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? path : `${path}-${i}`;
    try {
      await writeFile(name, text, { flag: 'wx' });
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
