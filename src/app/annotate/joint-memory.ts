import type { JointAnswers } from '../../annotate/formats/joint-table';
import { readPreferences, writePreferences } from '../shell/preferences';

const KEY = 'posecade.joints';

/** The user's earlier answers about the joints of files, to fill in the next question. They may be damaged: callers check those they use. */
export const recallJoints = (): JointAnswers => readPreferences(KEY) as JointAnswers;

export function rememberJoints(answers: JointAnswers): void {
  writePreferences(KEY, answers);
}
