import type { JointAnswers } from '../../annotate/formats/joint-table';

const KEY = 'posecade.joints';

/** The user's earlier answers about the joints of files, to fill in the next question. They may be damaged: callers check those they use. */
export function recallJoints(): JointAnswers {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JointAnswers) : {};
  } catch {
    return {}; // storage is disabled, or holds something else
  }
}

export function rememberJoints(answers: JointAnswers): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // storage is disabled or full: the answer holds only for the labels being read
  }
}
