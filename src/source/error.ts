/** Why a file or a camera gave no image. app/shell/report.ts has the sentence and the next step for each. */
export type SourceErrorCode =
  | 'nothing-given' // a drop or paste without any file in it
  | 'folder'
  | 'empty-file'
  | 'not-an-image'
  | 'heic'
  | 'tiff'
  | 'raw'
  | 'other-image' // an image in a format that no browser opens
  | 'svg'
  | 'pdf'
  | 'video'
  | 'sound'
  | 'zip'
  | 'archive' // not a zip
  | 'no-images' // none of the given files can be annotated
  // a file that was given as a video
  | 'photo'
  | 'not-a-video'
  | 'video-unsupported'
  | 'sound-only'
  | 'video-damaged'
  // an image
  | 'damaged-image'
  | 'too-large'
  | 'unreadable' // gone, moved or changed since it was given
  | 'image-missing' // a session has its labels, but not its pixels
  | 'other-size' // a file given for a missing image has another size
  | 'zip-damaged'
  | 'zip-nested' // zips in it hold zips, or are too large to be unpacked in memory
  | 'zip-locked' // password-protected, or compressed in a way that browsers do not support
  | 'gzip-damaged'
  | 'no-labels' // a file that should hold labels holds none
  | 'labels-too-large'
  | 'labels-without-images' // labels for images, all of which are missing
  | 'sample-unreachable'
  // getUserMedia's refusals, by the names of its errors
  | 'camera-refused' // NotAllowedError
  | 'camera-none' // NotFoundError
  | 'camera-busy' // NotReadableError
  | 'camera-unfit' // OverconstrainedError
  | 'camera-forbidden' // SecurityError
  | 'camera-aborted' // AbortError
  | 'camera-insecure' // TypeError, or no media devices at all
  // a recording of a canvas
  | 'recorder-none' // no MediaRecorder, or none for video
  | 'recording-empty'
  // events of an open camera
  | 'camera-ended'
  | 'camera-muted'
  | 'camera-silent' // no frame for a while
  | 'canvas-noise'; // the browser returns other pixels than the image has

export class SourceError extends Error {
  readonly code: SourceErrorCode;
  /** Name of the file, if there is one. */
  readonly file: string;

  constructor(code: SourceErrorCode, file = '', options?: ErrorOptions) {
    super(`${code}${file && `: ${file}`}`, options);
    this.name = 'SourceError';
    this.code = code;
    this.file = file;
  }
}
