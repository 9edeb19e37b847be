// The stage: a vis-network that shows a picture, keeps its place while the picture changes, and tells what is done on it.

const SMALL = 520; // a canvas narrower than this has the picture for small screens
const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 160 });

// `tell` is called with what the reader did: pick(kind, id), open(id), move(id, x, y), view([x, y, scale] or null).
export function makeStage(root, tell) {
  const state = { root, tell, fade: 0, moved: false, lit: [], near: null, byId: new Map(), widths: new Map() };
  const button = (name, act) => root.parentNode.querySelector(`.${name}`).addEventListener("click", act);
  button("in", () => zoom(state, 1.35));
  button("out", () => zoom(state, 1 / 1.35));
  button("fit", () => fit(state, true));
  root.addEventListener("keydown", (event) => onKey(state, event));
  state.sizes = new ResizeObserver(() => resize(state));
  state.sizes.observe(root);
  state.dark = matchMedia("(prefers-color-scheme: dark)");
  // The page takes its own colours a moment after the system says so.
  state.onColours = () => setTimeout(() => light(state), 120);
  state.dark.addEventListener("change", state.onColours);
  state.ratio = () => root.querySelector("canvas").width / root.querySelector("canvas").clientWidth;
  Object.assign(root, { ids: () => [...state.byId.keys()], where: (id) => where(state, id) });
  return {
    show: (data) => show(state, data),
    focus: (kind, id) => focus(state, kind, id),
    speak: (words) => speak(state, words),
    recolour: () => light(state),
    close: () => shut(state),
  };
}

function shut(state) {
  state.dark.removeEventListener("change", state.onColours);
  state.sizes.disconnect();
  clearTimeout(state.pause);
  cancelAnimationFrame(state.frame);
  if (state.network) state.network.destroy();
  state.network = null; // a frame or a change of colours may still be on its way
}

function speak({ root }, words) {
  root.setAttribute("aria-label", words.graph);
  for (const [name, word] of [["in", words.zoom_in], ["out", words.zoom_out], ["fit", words.zoom_fit]]) {
    const button = root.parentNode.querySelector(`.${name}`);
    button.title = word;
    button.setAttribute("aria-label", word);
  }
}

// A light or a dark page, told by the page's own ground.
function lookOf(state) {
  const ground = getComputedStyle(state.root).getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(ground);
  const dark = hex ? hex.slice(1).reduce((sum, part) => sum + parseInt(part, 16), 0) < 384 : state.dark.matches;
  const name = dark ? "dark" : "light";
  return { name, ...state.data.look[name] };
}

// Shows the picture. What stands in it already stays where it is, and so does the view, unless it is another picture.
function show(state, data) {
  if (state.data && state.data.version === data.version) return;
  const another = !state.data || state.data.base !== data.base;
  state.data = data;
  state.look = lookOf(state);
  measure(state);
  state.small = state.width < SMALL;
  if (!state.network) create(state);
  place(state);
  if (another) {
    state.given = data.at;
    settle(state);
  }
  refocus(state);
  light(state);
  state.root.dataset.drawn = data.version;
}

function create(state) {
  state.nodes = new vis.DataSet();
  state.edges = new vis.DataSet();
  const { options } = state.data;
  state.network = new vis.Network(state.root, { nodes: state.nodes, edges: state.edges }, options);
  const { network } = state;
  state.scale = 1;
  network.on("beforeDrawing", (ctx) => {
    state.scale = network.getScale();
    if (state.placed) drawIslands(state, ctx);
  });
  network.on("afterDrawing", (ctx) => state.placed && drawNames(state, ctx));
  state.root.querySelector(".vis-network").tabIndex = -1; // the stage itself takes the keys
  state.root.tabIndex = 0;
  listen(state);
}

// How far all of an island moves on a small screen, by member.
function shifts(state) {
  if (!state.small) return new Map();
  return new Map(state.data.groups.flatMap(({ members, small }) => members.map((id) => [id, small.shift])));
}

// Brings the network in line with the picture: goes, comes, changes.
function place(state) {
  const { data, nodes, edges } = state;
  state.placed = false; // vis-network draws in between, when not everything has its place yet
  if (state.straight !== !data.options.edges.smooth) state.network.setOptions({ edges: data.options.edges });
  state.straight = !data.options.edges.smooth;
  const moves = shifts(state);
  const kept = new Set(data.edges.map(({ id }) => id));
  edges.remove(edges.getIds().filter((id) => !kept.has(id)));
  const known = new Map(data.nodes.map((node) => [node.id, node]));
  nodes.remove(nodes.getIds().filter((id) => !known.has(id)));
  state.byId = known;
  nodes.update(
    data.nodes.map((node) => {
      const [right, down] = moves.get(node.id) || [0, 0];
      const { id, label, title, shape, size, x, y } = node;
      return { id, label, title, shape, size, x: x + right, y: y + down, ctxRenderer: renderer(state, id) };
    }),
  );
  edges.update(data.edges.map(({ id, from, to, title, dashes, width }) => ({ id, from, to, title, dashes, width })));
  state.placed = true;
}

function listen(state) {
  const { network, root, tell } = state;
  network.on("click", ({ nodes, edges }) => {
    const [kind, id] = nodes.length ? ["entity", nodes[0]] : edges.length ? ["statement", edges[0]] : ["nothing", ""];
    if (kind === "nothing" && !state.near) return;
    focus(state, kind, id);
    tell.pick(kind, id);
  });
  network.on("doubleClick", ({ nodes }) => nodes.length && tell.open(nodes[0]));
  network.on("zoom", () => viewed(state));
  network.on("dragEnd", ({ nodes }) => {
    if (!nodes.length) return viewed(state);
    const moves = shifts(state);
    for (const id of nodes) {
      const { x, y } = network.getPositions([id])[id];
      const [right, down] = moves.get(id) || [0, 0];
      tell.move(id, Math.round(x - right), Math.round(y - down));
    }
  });
  for (const [event, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]])
    network.on(event, () => (root.style.cursor = cursor));
}

// The view that came with the picture, until the reader moves it; without one, the whole picture.
function settle(state) {
  if (!state.given) return fit(state, false);
  const [x, y, scale] = state.given;
  state.network.moveTo({ position: { x, y }, scale, animation: false });
  state.moved = true;
  state.tell.view(state.given);
}

// The reader moved the view: it is told of once it rests, which a slow machine's animation does late.
function viewed(state, before = null) {
  state.moved = true;
  state.given = null;
  clearTimeout(state.pause);
  state.pause = setTimeout(() => {
    if (!state.network) return;
    const view = viewOf(state);
    if (String(view) === String(before)) state.tell.view(view);
    else viewed(state, view);
  }, 150);
}

function viewOf({ network }) {
  const { x, y } = network.getViewPosition();
  return [x.toFixed(2), y.toFixed(2), network.getScale().toFixed(5)].map(Number);
}

// Arrows move the view, + and - zoom, 0 shows everything.
function onKey(state, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !state.network) return;
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (step) {
    const { x, y } = state.network.getViewPosition();
    const far = 60 / state.network.getScale();
    state.network.moveTo({ position: { x: x + far * step[0], y: y + far * step[1] }, animation: false });
    viewed(state);
  } else if (event.key === "+" || event.key === "=") zoom(state, 1.35);
  else if (event.key === "-") zoom(state, 1 / 1.35);
  else if (event.key === "0") fit(state, true);
  else return;
  event.preventDefault();
}

// Who is in the light: an entity with its neighbours, a relation with its two ends, or a way with all its steps.
function focus(state, kind, id) {
  const linked = state.given && !state.asked; // who made the link saw it so
  state.asked = { kind, id };
  refocus(state);
  light(state);
  if (state.near && !linked) reveal(state, [...state.near]);
}

function refocus(state) {
  const { kind, id } = state.asked || {};
  const { edges } = state;
  const known = kind === "entity" && state.byId.has(id);
  const way = kind === "way" ? new Set(id) : null;
  const isLit = {
    entity: (edge) => edge.from === id || edge.to === id,
    statement: (edge) => edge.id === id,
    way: (edge) => way.has(edge.id),
  }[kind];
  state.focusNode = known ? id : null;
  state.lit = isLit && (known || kind !== "entity") ? state.data.edges.filter(isLit) : [];
  const ids = new Set(state.lit.flatMap((edge) => [edge.from, edge.to]));
  if (known) ids.add(id);
  if (ids.size) state.near = ids;
  fadeTo(state, ids.size ? 1 : 0, () => ids.size || (state.near = null));
}

// Lines in focus take the accent, the rest steps back.
function light(state) {
  if (!state.network) return;
  state.look = lookOf(state);
  const lit = new Set(state.lit.map((edge) => edge.id));
  const quiet = lit.size || state.focusNode ? 0.3 : 0.9;
  state.edges.update(
    state.data.edges.map(({ id, width, faint }) => ({
      id,
      width: lit.has(id) ? 1.8 : width,
      color: {
        color: lit.has(id) ? state.look.accent : state.look.line,
        opacity: lit.has(id) ? 1 : quiet * (faint ? 0.16 : 1),
        inherit: false,
        hover: state.look.accent,
        highlight: state.look.accent,
      },
      arrows: { to: { enabled: lit.has(id) || !!state.data.arrows, scaleFactor: 0.55 } },
    })),
  );
  redraw(state);
}

function fadeTo(state, goal, done) {
  cancelAnimationFrame(state.frame);
  const from = state.fade;
  if (from === goal) return done();
  const time = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 160;
  const start = performance.now();
  const step = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / time));
    state.fade = from + (goal - from) * part;
    if (part === 1) done();
    redraw(state);
    if (part < 1) state.frame = requestAnimationFrame(step);
  };
  state.frame = requestAnimationFrame(step);
}

// Where a node or the middle of a line is on the stage, in pixels; for who wants to look from outside.
function where({ network, byId }, id) {
  const line = byId.has(id) ? null : network.body.edges[id];
  const { x, y } = network.canvasToDOM(line ? line.edgeType.getPoint(0.5) : network.getPositions([id])[id]);
  return [x, y];
}

function redraw({ network }) {
  if (network) network.redraw();
}

function measure(state) {
  state.width = state.root.clientWidth;
  state.height = state.root.clientHeight;
}

function resize(state) {
  if (!state.network || !state.root.clientWidth) return;
  state.network.setSize("100%", "100%");
  redraw(state);
  measure(state);
  if (state.small !== state.width < SMALL) {
    // The window became small, or large again: the islands stand otherwise there.
    state.small = state.width < SMALL;
    place(state);
    light(state);
    settle(state);
  } else if (state.given || !state.moved) settle(state);
  else viewed(state); // vis-network zooms with the size
}

function zoom(state, factor) {
  const scale = Math.min(4, Math.max(0.1, state.network.getScale() * factor));
  state.network.moveTo({ scale, animation: calm() });
  viewed(state);
}

// The whole picture with the room that its names need.
function fit(state, slowly) {
  const [left, top, right, bottom] = state.small ? state.data.smallBounds : state.data.bounds;
  const scale = Math.min(1.4, (state.width - 36) / (right - left), (state.height - 32) / (bottom - top));
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  state.network.moveTo({ position, scale: Math.max(scale, 0.05), animation: slowly ? calm() : false });
  state.moved = false;
  state.given = null;
  clearTimeout(state.pause);
  state.tell.view(null);
}

// Moves the view only when nothing of what is in focus can be seen.
function reveal(state, ids) {
  if (!ids.length) return;
  const places = Object.values(state.network.getPositions(ids));
  const seen = places.some((place) => {
    const { x, y } = state.network.canvasToDOM(place);
    return x > 20 && y > 20 && x < state.width - 20 && y < state.height - 20;
  });
  if (!seen) {
    state.network.moveTo({ position: places[0], animation: calm() });
    viewed(state);
  }
}
