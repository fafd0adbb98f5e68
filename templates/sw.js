{% autoescape off %}// Keeps our own look at hand when the connection is gone; never a private page.
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
  const tidy = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(tidy).then(() => self.clients.claim()));
});

async function keepStatic(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(keepStatic(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
});
{% endautoescape %}
