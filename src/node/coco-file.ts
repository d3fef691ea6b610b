import { access, appendFile, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { cocoOf, type Found } from './coco';

/** A COCO file that is written at the end of the work. */
export interface CocoFile {
  /**
   * Writes what was found, in place of an earlier file of that name. complete: false after a failure, which leaves the earlier file as it is and
   * writes beside it. If nothing was found, nothing is written.
   */
  close(found: readonly Found[], complete: boolean): Promise<void>;
}

/** Opens a COCO file. Rejects with an error of the file system if it cannot be written: better now than after all the work. */
export async function openCocoFile(path: string): Promise<CocoFile> {
  const target = await realpath(path).catch(() => path); // renaming would replace a link, not its file
  const there = await stat(target).catch(() => undefined);
  const isReplaced = !there || there.isFile(); // unlike a pipe
  const partial = isReplaced ? `${target}.partial` : target;
  if (there) await access(target, constants.W_OK); // renaming would replace a file that is write-protected
  await appendFile(partial, '');
  return {
    async close(found, complete) {
      if (isReplaced && found.length === 0) return rm(partial);
      await writeFile(partial, JSON.stringify(cocoOf(found)));
      if (!isReplaced) return;
      if (complete) await rename(partial, target);
      else console.error(`What was found until then is in ${partial}.`);
    },
  };
}
