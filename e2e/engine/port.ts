/** Where the app is served to the tests, and next to it the engine's own page and the library. Another POSECADE_PORT lets two runs go on side by side. */
export const APP_PORT = Number(process.env.POSECADE_PORT ?? 4173);
export const PORT = APP_PORT + 1;
export const LIBRARY_PORT = APP_PORT + 2;
