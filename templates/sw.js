{% autoescape off %}// Keeps our own look at hand when the connection is gone. Of private pages it knows one alone: the
// list at the door, which door.js keeps for the evening, and signing out throws away.
const DOOR = "door";
const KEPT_FOR = 24 * 60 * 60 * 1000;
const OFFLINE = "{% url 'offline' %}";
const STATIC = "{% get_static_prefix %}";
const LOOK = [
  "{% static 'vendor/bootstrap.min.css' %}",
  "{% static 'css/colours.css' %}",
  "{% static 'css/controls.css' %}",
  "{% static 'css/rows.css' %}",
  "{% static 'css/people.css' %}",
  "{% static 'css/person.css' %}",
  "{% static 'css/sheets.css' %}",
  "{% static 'css/pages.css' %}",
  "{% static 'css/frame.css' %}",
  "{% static 'css/plain.css' %}",
  "{% static 'vendor/icons.svg' %}",
];
// Addresses carry a fingerprint, so a new look is a new cache.
const CACHE = `house {% static 'js/app.js' %} ${LOOK.join(" ")}`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  // Without cookies, so that the offline page carries nobody's traces.
  const offline = new Request(OFFLINE, { credentials: "omit" });
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([offline, ...LOOK])));
});

self.addEventListener("activate", (event) => {
  const tidy = (names) => Promise.all(names.filter((name) => ![CACHE, DOOR].includes(name)).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(tidy).then(() => self.clients.claim()));
});

async function keepStatic(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

// The page of an event and its list at the door are one without a connection.
async function keptDoor(pathname) {
  const cache = await caches.open(DOOR);
  const path = pathname.replace(/^(\/events\/[0-9a-f-]{36}\/)$/, "$1door/");
  const kept = await cache.match(path, { ignoreVary: true });
  if (!kept) return null;
  if (Date.now() - Date.parse(kept.headers.get("Date")) < KEPT_FOR) return kept;
  await cache.delete(path);
  return null;
}

// Whoever opens the app in the cellar wants the list.
async function withoutConnection({ pathname }) {
  const keys = pathname === "/" ? await (await caches.open(DOOR)).keys() : [];
  const lists = keys.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith("/door/"));
  const path = lists.pop() || pathname;
  const kept = await keptDoor(path);
  if (!kept) return caches.match(OFFLINE);
  return path === pathname ? kept : Response.redirect(path);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(keepStatic(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => withoutConnection(url)));
});
{% endautoescape %}
