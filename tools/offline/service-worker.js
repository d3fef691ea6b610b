/* Keeps the page working without a network. The build (plugin.ts) puts FILES and VERSION before this text. */

// Caches belong to the whole origin, which may have posecade in several folders: each copy uses only its own.
const OWN = `posecade ${new URL(self.registration.scope).pathname} `;
const CACHE = OWN + VERSION;

// All files of this version are fetched before it takes over, and it takes over only when no tab of an older version is open, or when the
// user requests it and the page reloads: the page, its worker and its weights are always of one version.
self.addEventListener('install', (event) => {
  const fetchAll = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })));
  };
  event.waitUntil(fetchAll());
});

self.addEventListener('activate', (event) => {
  const dropOthers = async () => {
    const old = (await caches.keys()).filter((key) => key.startsWith(OWN) && key !== CACHE);
    await Promise.all(old.map((key) => caches.delete(key)));
  };
  // Claims the tab of the first visit as well: what it has not loaded yet comes from the cached version.
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    // Only the page itself: a sample photograph opened in its own tab stays that photograph.
    const isPage = request.mode === 'navigate' && new URL(request.url).pathname === new URL(self.registration.scope).pathname;
    // A module's request has an Origin header that the one at install lacked; the files are the same, whatever the server's Vary header says.
    const kept = await cache.match(isPage ? 'index.html' : request, { ignoreVary: true });
    if (!kept) return fetch(request);
    // Some hosts redirect index.html to its folder, and browsers refuse to open a page from a redirected response.
    return kept.redirected ? new Response(kept.body, kept) : kept;
  };
  event.respondWith(answer());
});
