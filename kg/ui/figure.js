// A picture in the page: of those that were drawn the widest that there is room for, and its links without a reload.

const kept = new WeakMap(); // the pictures of each place on the page, and what watches its width

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".figure");
  const one = kept.get(root) || mount(root);
  one.pictures = Object.entries((data && data.pictures) || {})
    .map(([width, svg]) => [Number(width), svg])
    .sort((a, b) => a[0] - b[0]);
  one.shown = null;
  show(root, one);
  return () => requestAnimationFrame(() => root.isConnected || unmount(root, one));
}

function mount(root) {
  const one = { pictures: [], shown: null };
  one.watch = new ResizeObserver(() => show(root, one));
  one.watch.observe(root);
  root.addEventListener("click", follow);
  kept.set(root, one);
  return one;
}

function unmount(root, one) {
  one.watch.disconnect();
  root.removeEventListener("click", follow);
  kept.delete(root);
}

function show(root, one) {
  const room = root.clientWidth;
  if (!room || !one.pictures.length) return;
  const fitting = one.pictures.filter(([width]) => width <= room);
  const [, svg] = fitting.length ? fitting[fitting.length - 1] : one.pictures[0];
  if (svg === one.shown) return;
  one.shown = svg;
  root.innerHTML = svg; // text of our own making, with all that comes from the data escaped
}

// A plain click on a link to this app changes the address without a reload, as everywhere on the page.
function follow(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  const to = new URL(link.getAttribute("href"), location.href);
  if (to.origin !== location.origin || to.pathname !== location.pathname) return;
  event.preventDefault();
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}
