const HIDDEN = '(?:occluded|hidden|invisible|not[ _-]?visible)';
const WORD = new RegExp(`^${HIDDEN}$`, 'i');
const ENDING = new RegExp(`^(.*?[^\\s_.-])[\\s_.-]+(${HIDDEN}|visible)$`, 'i');

/** Whether a flag or a choice, for which tools have no fixed word, means that a joint is hidden. */
export const saysHidden = (word: unknown): boolean => typeof word === 'string' && WORD.test(word.trim());

/** A joint's name without the word for its visibility that some annotators append: left_eye_occluded, left-eye-visible. */
export function withoutVisibility(name: string): { readonly joint: string; readonly hidden: boolean } {
  const [, joint = name, ending] = ENDING.exec(name) ?? [];
  return { joint, hidden: saysHidden(ending) };
}
