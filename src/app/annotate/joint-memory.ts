import type { JointAnswers } from '../../annotate/formats/joint-table';

const KEY = 'posecade.joints';

/** What the user has said so far about the joints of files. What is stored may be damaged: whoever uses an answer checks it. */
export function recallJoints(): JointAnswers {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JointAnswers) : {};
  } catch {
    return {}; // storage is switched off, or holds something else
  }
}

export function rememberJoints(answers: JointAnswers): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // storage is switched off or full: the answer holds until the page is left
  }
}
