import type { ReadOptions } from '../../annotate/formats/context';
import type { TextFile } from '../../annotate/formats/label-file';
import type { KnownImage } from '../../annotate/formats/match';
import type { Imported } from '../../annotate/formats/problem';
import { readLabels } from '../../annotate/formats/read';

/** Reads labels off the main thread: a file of a hundred megabytes takes seconds. One message in, one out. */
export interface LabelRequest {
  readonly files: readonly TextFile[];
  readonly images: readonly KnownImage[];
  readonly options: ReadOptions;
}

export type LabelReply = Imported | undefined;

addEventListener('message', ({ data: { files, images, options } }: MessageEvent<LabelRequest>) => {
  const reply: LabelReply = readLabels(files, images, options);
  postMessage(reply);
});
