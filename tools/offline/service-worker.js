/* Keeps the page working without a network. The build (plugin.ts) puts FILES, each with its hash, and VERSION before this text. */

// Caches belong to the whole origin, which may have posecade in several folders: each copy uses only its own.
const OWN = `posecade ${new URL(self.registration.scope).pathname} `;
const CACHE = OWN + VERSION;

// All files of this version are fetched before it takes over, and it takes over only when no tab of an older version is open, or when the
// user requests it and the page reloads: the page, its worker and its weights are always of one version.
self.addEventListener('install', (event) => {
  const fetchAll = async () => {
    const cache = await caches.open(CACHE);
    // During a deployment a host may serve files of two versions: a file with another hash fails the install, and the browser tries again later.
    await cache.addAll(FILES.map(([file, integrity]) => new Request(file, { cache: 'no-cache', integrity })));
  };
  event.waitUntil(fetchAll());
});

self.addEventListener('activate', (event) => {
  const dropOthers = async () => {
    if (self.registration.installing) return; // its cache is being filled; it drops this one's when it takes over
    const old = (await caches.keys()).filter((key) => key.startsWith(OWN) && key !== CACHE);
    await Promise.all(old.map((key) => caches.delete(key)));
  };
  // Claims the tab of the first visit as well: what it has not loaded yet comes from the cached version.
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') self.skipWaiting();
});

/** undefined if there is none, or if the browser's storage is damaged: the network may still have it. */
async function cached(request) {
  try {
    const cache = await caches.open(CACHE);
    // A module's request has an Origin header that the one at install lacked; the files are the same, whatever the server's Vary header says.
    return await cache.match(request, { ignoreVary: true });
  } catch {
    return undefined;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const answer = async () => {
    // Only the page itself: a sample photograph opened in its own tab stays that photograph.
    const { pathname } = new URL(self.registration.scope);
    const isPage = request.mode === 'navigate' && [pathname, `${pathname}index.html`].includes(new URL(request.url).pathname);
    const kept = await cached(isPage ? 'index.html' : request);
    if (!kept) return fetch(request);
    // Some hosts redirect index.html to its folder, and browsers refuse to open a page from a redirected response.
    return kept.redirected ? new Response(kept.body, kept) : kept;
  };
  event.respondWith(answer());
});
