/** Label files and zips of them, for an input's accept attribute. */
export const ACCEPT_LABELS = '.json,.jsonl,.xml,.yaml,.yml,.txt,.gz,.zip,application/zip';

/** All files that a session accepts. */
export const ACCEPT = `image/*,${ACCEPT_LABELS}`;
