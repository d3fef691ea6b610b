/** Folders of the shipped networks, relative to the app or library beside which they lie; with a trailing slash. */
export const CASCADE_FOLDER = 'models/cascade/';
export const DETECTOR_FOLDER = 'models/detector/';
