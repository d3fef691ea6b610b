/** Label files, and zips of them, as in an input's accept. */
export const ACCEPT_LABELS = '.json,.jsonl,.xml,.yaml,.yml,.txt,.gz,.zip,application/zip';

/** What a session can be given. */
export const ACCEPT = `image/*,${ACCEPT_LABELS}`;
