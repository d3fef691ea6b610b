import { DatabaseError, type DatabaseErrorCode } from '../../database/error';
import { EngineError } from '../../engine/error';
import type { EngineErrorCode } from '../../engine/protocol';
import { SourceError, type SourceErrorCode } from '../../source/error';
import { type CodeError, isCodeMissing } from './code-error';
import { ExportError, type ExportErrorCode } from './export-error';
import { namesOf } from './format';

type ErrorCode =
  | EngineErrorCode
  | SourceErrorCode
  | DatabaseErrorCode
  | ExportErrorCode
  | CodeError['code']
  | 'text-file' // neither an image nor a video, and does not claim to be one
  | 'unexpected';

/** retry: the same action may succeed a second time. reload: only reloading the page can help. */
type Remedy = 'none' | 'retry' | 'reload';

interface Entry {
  readonly sentence: string;
  readonly next: string;
  readonly remedy: Remedy;
}

/** A failure as the page shows it. */
export interface Notice extends Entry {
  readonly code: ErrorCode;
  /** Repeats the action that failed, if there was one. */
  readonly again?: (() => Promise<void>) | undefined;
}

const entry = (sentence: string, next: string, remedy: Remedy = 'none'): Entry => ({ sentence, next, remedy });

const VIDEO_FORMATS = 'Choose an MP4 (H.264) or WebM video, or convert this one first.';
const IMAGE_FORMATS = 'Choose a JPEG, PNG, WebP or AVIF image.';

const ENTRIES: Record<ErrorCode, Entry> = {
  'no-backend': entry(
    'Neither WebGPU nor WebAssembly could start.',
    'Use a current version of Chrome, Edge, Firefox or Safari, and make sure that WebAssembly is enabled.',
    'retry',
  ),
  'weights-unreachable': entry('The model could not be downloaded.', 'Check your connection, then try again.', 'retry'),
  'weights-damaged': entry(
    'The downloaded model is damaged.',
    'Try again. If that does not help, the copy on the server is damaged.',
    'retry',
  ),
  'contract-mismatch': entry(
    'The model and this page are from different versions.',
    'Reload the page to get matching ones.',
    'reload',
  ),
  'compile-failed': entry(
    'The graphics driver rejected the shaders of the network.',
    'Try again. Updating the driver or the browser usually helps.',
    'retry',
  ),
  'device-lost': entry(
    'The connection to the graphics card was lost, and a restart did not help.',
    'Close other tabs that use the graphics card, then try again.',
    'retry',
  ),
  'out-of-memory': entry('There is not enough memory.', 'Close other tabs or use a smaller image, then try again.', 'retry'),
  'worker-crashed': entry('The background worker has stopped.', 'Try again. Nothing is lost.', 'retry'),
  'estimate-failed': entry(
    'The network failed on this image.',
    'Try again. In a photo, a box around the person may help.',
    'retry',
  ),
  'nothing-given': entry(
    'No image was pasted or dropped.',
    'Copy the image itself, not its address, and paste again. Or choose a file.',
  ),
  folder: entry(
    'That is a folder.',
    'Drop one file from it, or open the Annotate screen and drop the whole folder there to open all of its images.',
  ),
  'empty-file': entry(
    'That file is empty (0 bytes).',
    'Its download may be incomplete. Download it again, or choose another file.',
  ),
  'not-an-image': entry('That file is not an image, despite its name.', IMAGE_FORMATS),
  heic: entry(
    'This browser cannot open HEIC photos.',
    'Save it as JPEG first. On an iPhone: Settings, Camera, Formats, Most Compatible.',
  ),
  tiff: entry('Browsers cannot open TIFF files.', 'Save it as JPEG or PNG first.'),
  raw: entry('Browsers cannot open camera raw files.', 'Export it as JPEG first.'),
  'other-image': entry(
    'Browsers cannot open this kind of image (JPEG 2000, Photoshop or PGM, for example).',
    'Save it as JPEG or PNG first.',
  ),
  svg: entry('That is a vector drawing (SVG), not a photo.', IMAGE_FORMATS),
  pdf: entry('That is a PDF.', 'Save the image it contains as JPEG or PNG first.'),
  video: entry('That is a video, not a photo.', 'Open it on the Live screen.'),
  sound: entry('That is an audio file.', 'Choose a photo or a video.'),
  zip: entry(
    'That is a zip, not a photo or a video.',
    'Unpack it and open one of its files, or drop the zip on the Annotate screen, which opens all of its images.',
  ),
  archive: entry('posecade opens zip archives, but not 7z, RAR or tar.', 'Unpack it first.'),
  'text-file': entry(
    'That is text or data, not a photo or a video.',
    'If these are labels, open the Annotate screen and drop them there together with their images.',
  ),
  'no-images': entry(
    'There are no images or labels in what you chose.',
    'Choose JPEG, PNG, WebP or AVIF images, a folder or a zip with them, or a label file.',
  ),
  photo: entry('That is a photo, not a video.', 'Open it on the Photo screen.'),
  'not-a-video': entry('That file is not a video, despite its name.', VIDEO_FORMATS),
  'video-unsupported': entry(
    'This browser cannot decode that video (HEVC, for example), or the file is incomplete.',
    VIDEO_FORMATS,
  ),
  'sound-only': entry('That file contains only sound.', 'Choose a file that contains video.'),
  'video-damaged': entry('The video is damaged from this point on.', 'Get a new copy of the file, or convert it again.'),
  'damaged-image': entry(
    'The image is damaged or incomplete, or in a format that this browser cannot open.',
    'Get a new copy of the file, or save it as JPEG or PNG.',
  ),
  'too-large': entry('The image has more megapixels than this browser can open.', 'Save a smaller copy and open that.'),
  unreadable: entry(
    'The file can no longer be read. It was moved, changed or deleted.',
    'Put it back and try again, or add it again.',
    'retry',
  ),
  'image-missing': entry(
    'The image itself is not stored in this browser. Its labels are still here.',
    'Add the file again under the same name to restore it.',
  ),
  'other-size': entry(
    'This file is not the image that was labelled: it has a different size. The labels are unchanged.',
    'Add the original file under the same name.',
  ),
  'zip-damaged': entry(
    'The zip is damaged or incomplete, or is not a zip at all.',
    'Download or create it again, or unpack it and drop the folder.',
  ),
  'zip-nested': entry(
    'The zip contains nested zips that cannot be opened directly.',
    'Unpack it first, then drop the zips in it.',
  ),
  'zip-locked': entry(
    'The zip is password-protected, or compressed in a way that browsers do not support.',
    'Unpack it and drop the folder.',
  ),
  'gzip-damaged': entry(
    'The compressed file is damaged or incomplete.',
    'Download it again, or unpack it and drop its contents.',
  ),
  'no-labels': entry(
    'That file has no labels that can be imported.',
    'Choose JSON from COCO, Label Studio, LabelMe, OpenPose or MPII, XML from CVAT, or a zip of a YOLO-pose dataset. CSV files can only be exported.',
  ),
  'labels-too-large': entry(
    'The label files are larger than 500 MB each or 1.5 GB together, which is more than a browser can read.',
    'Drop fewer of them at a time.',
  ),
  'labels-without-images': entry(
    'The labels are for images that are not in this session.',
    'Drop the images first, or together with the labels.',
  ),
  'sample-unreachable': entry(
    'The sample photo could not be downloaded.',
    'Check your connection, or choose your own photo.',
    'retry',
  ),
  'camera-refused': entry(
    'Access to the camera was denied.',
    "Allow it with the camera or lock icon next to the address (and in the system's privacy settings), then try again.",
    'retry',
  ),
  'camera-none': entry('No camera was found.', 'Connect one or switch it on, then try again.', 'retry'),
  'camera-busy': entry(
    'The camera is not sending any video.',
    'Close other programs and tabs that use it, then try again.',
    'retry',
  ),
  'camera-unfit': entry(
    'The selected camera is no longer connected.',
    'Try again to use another one, or reconnect it first.',
    'retry',
  ),
  'camera-forbidden': entry(
    'Cameras are disabled for this page or in this browser.',
    "Enable them in the browser's settings, or ask whoever manages this device.",
  ),
  'camera-aborted': entry('The camera could not be started.', 'Disconnect and reconnect it, then try again.', 'retry'),
  'camera-insecure': entry(
    'Browsers allow cameras only on pages with a secure connection.',
    'Open this page over HTTPS or from localhost.',
  ),
  'camera-ended': entry(
    'The camera has stopped. It was disconnected, or its permission was withdrawn.',
    'Reconnect it or allow access, then try again.',
    'retry',
  ),
  'camera-muted': entry(
    'The camera is not sending any video at the moment.',
    'Open its shutter, switch it on, or close the program that is using it. Video then resumes automatically.',
  ),
  'camera-silent': entry(
    'The camera has not sent an image for 5 seconds.',
    'Open its shutter, close other programs that use it, or choose another camera. Video then resumes automatically.',
  ),
  'canvas-noise': entry(
    'To resist fingerprinting, this browser alters the pixels that pages read from images, so nobody can be found in them.',
    'Allow this page to use canvas data (in the address bar, or privacy.resistFingerprinting in about:config), then reload it.',
    'reload',
  ),
  'storage-full': entry(
    'There is no space left to save your work.',
    'Free some disk space and try again, or export now. Until then your work exists in this tab only.',
    'retry',
  ),
  'storage-blocked': entry(
    'This browser does not let this page store anything, which is usual in a private window.',
    'You can continue, but export before you close this tab.',
  ),
  'storage-failed': entry(
    'Your work could not be saved.',
    'Export now, then try again. Until then your work exists in this tab only.',
    'retry',
  ),
  'record-refused': entry(
    'The browser refused to store this part of your work. Everything else is saved.',
    'Export now: that part of your work exists in this tab only.',
    'retry',
  ),
  'session-taken': entry(
    'This session was opened in another tab, which now saves it. Changes made here since then are not saved.',
    'Continue there, or export what you have here.',
  ),
  'session-gone': entry(
    'That session was deleted in another tab.',
    'Start a new one, or drop the COCO file that you exported from it.',
  ),
  'session-elsewhere': entry('That session is open in another tab.', 'Continue there, or close that tab and try again.', 'retry'),
  'recorder-none': entry(
    'This browser cannot record video.',
    'Save images instead, or use a current version of Chrome, Edge, Firefox or Safari.',
  ),
  'recording-empty': entry(
    'Nothing was recorded. The recording ended before the first frame, or the encoder failed.',
    'Record again, a little longer.',
  ),
  'export-too-large': entry(
    'The export would exceed what a zip file can hold (4 GB or 65,535 files).',
    'Export without the images, or only accepted images.',
  ),
  'code-missing': entry(
    'A part of this page could not be loaded. The connection was lost, or there is a new version of the page.',
    'Check your connection, then reload the page. Saved sessions are kept.',
    'reload',
  ),
  unexpected: entry('Something unexpected went wrong.', 'Reload the page. Saved sessions are kept.', 'reload'),
};

/** Turns anything thrown into what the page shows. Not for aborts, which are not failures. */
export function report(error: unknown): Notice {
  const known =
    error instanceof EngineError ||
    error instanceof SourceError ||
    error instanceof DatabaseError ||
    error instanceof ExportError;
  const code = known ? codeOf(error) : isCodeMissing(error) ? 'code-missing' : 'unexpected';
  const { sentence, next, remedy } = ENTRIES[code];
  return { code, sentence: aboutOf(error) + sentence, next, remedy };
}

const TEXT_NAME = /\.(txt|md|jsonl?|ya?ml|xml|[ct]sv|html?)$/i;

function codeOf(error: EngineError | SourceError | DatabaseError | ExportError): ErrorCode {
  const isNeither = error.code === 'not-an-image' || error.code === 'not-a-video';
  return isNeither && error instanceof SourceError && TEXT_NAME.test(error.file) ? 'text-file' : error.code;
}

/** The files that a failure is about, as the beginning of its sentence. */
function aboutOf(error: unknown): string {
  if (error instanceof SourceError) return error.file ? `${error.file}: ` : '';
  if (!(error instanceof DatabaseError) || error.images.length === 0) return '';
  return `${namesOf(error.images)}: `;
}
