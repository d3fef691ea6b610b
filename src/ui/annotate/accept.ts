/** What a session can be given, as in an input's accept. */
export const ACCEPT = 'image/*,.zip,application/zip,.json,.yaml,.yml,.txt';
