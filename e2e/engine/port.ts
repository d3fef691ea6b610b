/** Where the engine's own page is served to the tests. */
export const PORT = 4174;
