// The address of a query: the text itself, or for a long one its id with the text, compressed, behind the # sign.

const LONGEST = 4000; // servers cut a request line at some 8,000 characters

export const isLong = (text) => encodeURIComponent(text).length > LONGEST;

export async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let signs = "";
  for (const byte of bytes) signs += String.fromCharCode(byte);
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// Throws where `packed` is not what `pack` gave.
export async function unpack(packed) {
  const signs = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return await new Response(stream).text();
}

// What the address carries behind its # sign.
export function carriedHere() {
  const found = /^#z=([\w-]+)$/.exec(location.hash);
  return found ? found[1] : "";
}

export function longId() {
  return new URLSearchParams(location.search).get("long") || "";
}

// The page is run anew with the address as it is to be. Streamlit is deaf to an address with a # sign that only comes
// again, so the sign is put behind it after that.
export function goTo(search, packed) {
  const here = location.pathname + location.search;
  const to = location.pathname + search;
  if (to === here) history.replaceState(history.state, "", to);
  else history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
  if (packed) putBehind(packed);
}

export function putBehind(packed) {
  if (carriedHere() !== packed) history.replaceState(history.state, "", `${location.pathname}${location.search}#z=${packed}`);
}

// Whether the address here says all that `search` does.
export function isHere(search) {
  const here = new URLSearchParams(location.search);
  const wanted = [...new URLSearchParams(search)];
  return wanted.length > 0 && wanted.every(([name, value]) => here.get(name) === value);
}

export function searchFor(parameters, lang) {
  const all = { page: "ask", ...parameters, lang };
  return `?${Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
