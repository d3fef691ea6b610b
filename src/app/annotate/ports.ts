import { claimedSessions, claimSession } from '../../database/claim';
import { askToPersist, openSessionDatabase } from '../../database/session-database';
import { decodeImage, measureImage } from '../../source/decode';
import { fetchSample, listSamples } from '../../source/samples';
import { makeThumbnail } from '../../source/thumbnail';
import { readLabelFiles } from './labels';

/** What the annotator needs from the browser; tests supply their own. */
export interface Ports {
  readonly openSessionDatabase: typeof openSessionDatabase;
  readonly claimSession: typeof claimSession;
  readonly claimedSessions: typeof claimedSessions;
  readonly askToPersist: typeof askToPersist;
  readonly decodeImage: typeof decodeImage;
  readonly measureImage: typeof measureImage;
  readonly readLabelFiles: typeof readLabelFiles;
  readonly makeThumbnail: typeof makeThumbnail;
  readonly listSamples: typeof listSamples;
  readonly fetchSample: typeof fetchSample;
  /** Asks the user a yes/no question. */
  readonly confirm: (question: string) => boolean;
}

export const BROWSER: Ports = {
  openSessionDatabase,
  claimSession,
  claimedSessions,
  askToPersist,
  decodeImage,
  measureImage,
  readLabelFiles,
  makeThumbnail,
  listSamples,
  fetchSample,
  confirm: (question) => window.confirm(question),
};
