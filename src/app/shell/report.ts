import { DatabaseError, type DatabaseErrorCode } from '../../database/error';
import { EngineError } from '../../engine/error';
import type { EngineErrorCode } from '../../engine/protocol';
import { SourceError, type SourceErrorCode } from '../../source/error';
import { ExportError, type ExportErrorCode } from './export-error';

export type ErrorCode = EngineErrorCode | SourceErrorCode | DatabaseErrorCode | ExportErrorCode | 'unexpected';

/** retry: the same thing may work a second time. reload: only a fresh page can help. */
export type Remedy = 'none' | 'retry' | 'reload';

interface Entry {
  readonly sentence: string;
  readonly next: string;
  readonly remedy: Remedy;
}

/** A failure as the page shows it. */
export interface Notice extends Entry {
  readonly code: ErrorCode;
  /** Does again what failed, if that was something to do. */
  readonly again?: (() => Promise<void>) | undefined;
}

const entry = (sentence: string, next: string, remedy: Remedy = 'none'): Entry => ({ sentence, next, remedy });

const VIDEOS = 'Choose an MP4 (H.264) or a WebM video, or convert it to one of these first.';
const PICTURES = 'Choose a JPEG, PNG, WebP or AVIF photograph.';

const ENTRIES: Record<ErrorCode, Entry> = {
  'no-backend': entry(
    'Neither WebGPU nor WebAssembly could be started here.',
    'Use a current Chrome, Edge, Firefox or Safari, and check that WebAssembly is not switched off.',
    'retry',
  ),
  'weights-unreachable': entry('The model could not be downloaded.', 'Check the connection, then try again.', 'retry'),
  'weights-damaged': entry('The model arrived damaged.', 'Try again; if it stays so, the copy on the server is broken.', 'retry'),
  'contract-mismatch': entry(
    'The model and this page are of different versions.',
    'Reload the page to get a matching pair.',
    'reload',
  ),
  'compile-failed': entry(
    'The graphics driver refused the programs of the network.',
    'Try again; updating the driver or the browser helps most.',
    'retry',
  ),
  'device-lost': entry(
    'The graphics device was lost, also after a fresh start.',
    'Close other tabs that use the graphics card, then try again.',
    'retry',
  ),
  'out-of-memory': entry('The graphics memory is full.', 'Close other tabs, then try again.', 'retry'),
  'worker-crashed': entry('The part of the page that computes has stopped.', 'Try again; nothing is lost.', 'retry'),
  'estimate-failed': entry(
    'The network failed on this picture.',
    'Try again. In a photograph, a box round the person may help.',
    'retry',
  ),
  'nothing-given': entry(
    'There is no picture in what you gave.',
    'Copy an image itself (not its address) and paste again, or choose a file.',
  ),
  folder: entry('That is a folder.', 'Open it and drop one photograph from it.'),
  'empty-file': entry('That file is empty (0 bytes).', 'It may not have been downloaded fully; get it again, or choose another.'),
  'not-an-image': entry('That file is not a picture, whatever its name says.', PICTURES),
  heic: entry(
    'This browser cannot open HEIC photographs.',
    'Save it as JPEG first; on an iPhone: Settings, Camera, Formats, Most Compatible.',
  ),
  tiff: entry('Browsers cannot open TIFF files.', 'Save it as JPEG or PNG first.'),
  raw: entry("That is a camera's raw file, which browsers cannot open.", 'Export it as JPEG first.'),
  svg: entry('That is a drawing (SVG), not a photograph.', PICTURES),
  pdf: entry('That is a PDF.', 'Save the picture in it as JPEG or PNG first.'),
  video: entry('That is a video, not a photograph.', 'Open it on the Live screen.'),
  'not-a-video': entry('That file is no video that a browser can open, whatever its name says.', VIDEOS),
  'video-unsupported': entry('This browser cannot decode that video, or the file is cut short.', VIDEOS),
  'video-without-picture': entry('There is sound in that file, but no picture.', 'Choose a file with a moving picture.'),
  'video-damaged': entry(
    'The video is damaged: the browser could not decode it any further.',
    'Get the file again, or convert it anew.',
  ),
  'damaged-image': entry(
    'The picture is damaged, cut short, or of a kind that this browser cannot open.',
    'Get the file again, or save it as JPEG or PNG.',
  ),
  'too-large': entry(
    'The picture has more than 300 million pixels, too many for a browser.',
    'Save a smaller copy and drop that.',
  ),
  unreadable: entry(
    'The file cannot be read any more: it was moved, changed or deleted.',
    'Put it back and try again, or add it anew.',
    'retry',
  ),
  'image-missing': entry(
    'The image itself was not kept before the tab was closed; its labels are here.',
    'Add the file again under the same name, and it finds its labels.',
  ),
  'zip-damaged': entry(
    'The zip is damaged, cut short, or no zip at all.',
    'Get or pack it again, or unpack it and drop the folder.',
  ),
  'zip-locked': entry(
    'The zip has a password, or is packed in a way that browsers do not know.',
    'Unpack it and drop the folder.',
  ),
  'no-labels': entry(
    'There are no labels in that file that can be read here.',
    'Choose COCO, Label Studio or MPII JSON, XML from CVAT, or a zip of a YOLO-pose data set. CSV files can only be exported.',
  ),
  'labels-too-large': entry(
    'The label files are larger than 500 MB each or 1.5 GB together, which is more than a browser can read.',
    'Drop a part of them.',
  ),
  'labels-without-images': entry(
    'The labels are for images that are not here.',
    'Drop the images first, or together with the labels.',
  ),
  'sample-unreachable': entry(
    'The sample photograph could not be fetched.',
    'Check the connection, or choose a photograph of your own.',
    'retry',
  ),
  'camera-refused': entry(
    'The camera was not allowed.',
    'Allow it by the camera or lock sign beside the address (and in the privacy settings of the system), then try again.',
    'retry',
  ),
  'camera-none': entry('No camera was found.', 'Plug one in, or switch it on, then try again.', 'retry'),
  'camera-busy': entry(
    'The camera is there but gives no picture.',
    'Close other programs and tabs that use it, then try again.',
    'retry',
  ),
  'camera-unfit': entry(
    'The chosen camera is not there any more.',
    'Try again to take another one, or plug it in first.',
    'retry',
  ),
  'camera-forbidden': entry(
    'Cameras are switched off for this page or in this browser.',
    "Allow them in the browser's settings, or ask whoever manages this device.",
  ),
  'camera-aborted': entry('The camera could not be started.', 'Unplug it and plug it in again, then try again.', 'retry'),
  'camera-insecure': entry(
    'Browsers give no camera to a page that did not come over a secure connection.',
    'Open this page by https, or from localhost.',
  ),
  'camera-ended': entry(
    'The camera has stopped: it was unplugged, or its permission was taken back.',
    'Plug it in and allow it, then try again.',
    'retry',
  ),
  'camera-muted': entry(
    'The camera sends no picture at the moment.',
    'Open its shutter, switch it on, or close the program that took it; it goes on by itself.',
  ),
  'storage-full': entry(
    'There is no room left to save your work: the disk, or this page’s share of it, is full.',
    'Export now. You can go on, and what you do stays until this tab is closed; make room and save again.',
    'retry',
  ),
  'storage-blocked': entry(
    'This browser keeps nothing for this page, as in a private window.',
    'You can go on, but export before you close this tab.',
  ),
  'storage-failed': entry(
    'Your work could not be saved.',
    'Export now, then try again. You can go on, and what you do stays until this tab is closed.',
    'retry',
  ),
  'session-elsewhere': entry('That session is open in another tab.', 'Go on there, or close that tab and try again.', 'retry'),
  'recorder-none': entry(
    'This browser cannot record video.',
    'Save pictures instead, or use a current Chrome, Edge, Firefox or Safari.',
  ),
  'recording-empty': entry(
    'Nothing was recorded: it ended before the first frame, or the encoder failed.',
    'Record again, a little longer.',
  ),
  'export-too-large': entry(
    'The export would be larger than 4 GB or 65,000 files, which zip files cannot hold.',
    'Export without the images, or accepted images only.',
  ),
  unexpected: entry('Something failed that should not have.', 'Try again; if it stays so, reload the page.', 'reload'),
};

/** Turns anything thrown into what the page shows. Not for aborts: those are no failures. */
export function report(error: unknown): Notice {
  const known =
    error instanceof EngineError ||
    error instanceof SourceError ||
    error instanceof DatabaseError ||
    error instanceof ExportError;
  const code = known ? error.code : 'unexpected';
  const { sentence, next, remedy } = ENTRIES[code];
  const file = error instanceof SourceError && error.file ? `${error.file}: ` : '';
  return { code, sentence: file + sentence, next, remedy };
}
