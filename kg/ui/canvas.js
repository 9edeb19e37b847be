// The canvas: a vis-network that keeps its place over reruns and tells Python what was picked.

const kept = new WeakMap(); // the canvas of each place on the page
const SMALL = 520; // a canvas narrower than this has the picture for small screens

// vis-network comes with a component of its own, so that its half megabyte is sent once and not at every rerun.
const whenReady = (act) => {
  if (globalThis.vis) act();
  else globalThis.addEventListener("kg-vis-ready", act, { once: true });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".canvas");
  let state = kept.get(root);
  if (!state) {
    state = { root, fade: 0, dragged: {}, moved: false, version: null, lit: [], near: null };
    kept.set(root, state);
    prepare(state);
  }
  state.pick = (kind, id) => setTriggerValue("picked", { kind, id });
  state.wanted = data;
  whenReady(() => show(state));
  return () => requestAnimationFrame(() => root.isConnected || close(state));
}

// What is done once: buttons, the size and the colours of the page.
function prepare(state) {
  const { root } = state;
  const button = (name, act) => root.parentNode.querySelector(`.${name}`).addEventListener("click", act);
  button("in", () => zoom(state, 1.35));
  button("out", () => zoom(state, 1 / 1.35));
  button("fit", () => fit(state, true));
  state.sizes = new ResizeObserver(() => resize(state));
  state.sizes.observe(root);
  state.onColours = () => recolour(state);
  state.dark = matchMedia("(prefers-color-scheme: dark)");
  state.dark.addEventListener("change", state.onColours);
  state.ratio = () => root.querySelector("canvas").width / root.querySelector("canvas").clientWidth;
}

function close(state) {
  state.dark.removeEventListener("change", state.onColours);
  state.sizes.disconnect();
  cancelAnimationFrame(state.frame);
  if (state.network) state.network.destroy();
  state.network = null; // a frame or a change of colours may still be on its way
  kept.delete(state.root);
}

function show(state) {
  const { wanted } = state;
  if (!state.root.isConnected || !wanted) return;
  if (state.version !== wanted.version) build(state);
  speak(state, wanted.words);
  const { kind, id } = wanted.focus || {};
  if (state.asked !== `${kind}:${id}`) {
    state.asked = `${kind}:${id}`;
    focus(state, kind, id);
  }
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

function recolour(state) {
  // Streamlit sets its own colours a moment after the system says so.
  setTimeout(() => {
    if (!state.network) return;
    state.look = lookOf(state);
    light(state);
  }, 120);
}

function build(state) {
  const view = state.network && { position: state.network.getViewPosition(), scale: state.network.getScale() };
  if (state.network) state.network.destroy();
  const data = (state.data = state.wanted);
  state.version = data.version;
  state.look = lookOf(state);
  state.byId = new Map(data.nodes.map((node) => [node.id, node]));
  state.scale = 1;
  measure(state);
  state.small = state.width < SMALL;
  const moves = new Map(data.groups.flatMap(({ members, small }) => members.map((id) => [id, small.shift])));
  const placed = (node) => {
    const [right, down] = (state.small && moves.get(node.id)) || [0, 0];
    return { ...node, x: node.x + right, y: node.y + down, ...state.dragged[node.id] };
  };
  const nodes = data.nodes.map((node) => ({ ...placed(node), ctxRenderer: renderer(state, node) }));
  state.edges = new vis.DataSet(data.edges);
  state.network = new vis.Network(state.root, { nodes: new vis.DataSet(nodes), edges: state.edges }, data.options);
  const { network } = state;
  network.on("beforeDrawing", (ctx) => {
    state.scale = network.getScale();
    drawIslands(state, ctx);
  });
  network.on("afterDrawing", (ctx) => drawNames(state, ctx));
  state.root.querySelector(".vis-network").tabIndex = -1; // no keys of its own: the list is its twin
  listen(state);
  if (view && state.moved) network.moveTo({ ...view, animation: false });
  else fit(state, false);
  state.asked = null;
  light(state);
  state.root.dataset.drawn = data.version;
}

function listen(state) {
  const { network, root } = state;
  network.on("click", ({ nodes, edges }) => {
    const [kind, id] = nodes.length ? ["entity", nodes[0]] : edges.length ? ["statement", edges[0]] : ["nothing", ""];
    if (kind === "nothing" && !state.near) return;
    focus(state, kind, id);
    state.asked = `${kind}:${id}`;
    state.pick(kind, id);
  });
  network.on("zoom", () => (state.moved = true));
  network.on("dragEnd", ({ nodes }) => {
    state.moved = true;
    for (const id of nodes) state.dragged[id] = network.getPositions([id])[id];
  });
  for (const [event, cursor] of [["hoverNode", "pointer"], ["hoverEdge", "pointer"], ["blurNode", ""], ["blurEdge", ""]])
    network.on(event, () => (root.style.cursor = cursor));
}

// Who is in the light: an entity with its neighbours, or a relation with its two ends.
function focus(state, kind, id) {
  const { network, edges } = state;
  state.focusNode = kind === "entity" ? id : null;
  const lit =
    kind === "entity" && state.byId.has(id)
      ? edges.get({ filter: (edge) => edge.from === id || edge.to === id })
      : kind === "statement"
        ? edges.get({ filter: (edge) => edge.id === id })
        : [];
  const ids = new Set(lit.flatMap((edge) => [edge.from, edge.to]));
  if (kind === "entity" && state.byId.has(id)) ids.add(id);
  state.lit = lit;
  if (ids.size) state.near = ids;
  fadeTo(state, ids.size ? 1 : 0, () => ids.size || (state.near = null));
  light(state);
  reveal(state, [...ids]);
}

// Lines in focus take the accent, the rest steps back.
function light(state) {
  const lit = new Set(state.lit.map((edge) => edge.id));
  state.edges.update(
    state.data.edges.map(({ id, width, faint }) => ({
      id,
      width: lit.has(id) ? 1.8 : width,
      color: {
        color: lit.has(id) ? state.look.accent : state.look.line,
        opacity: lit.has(id) ? 1 : (lit.size || state.focusNode ? 0.3 : 0.9) * (faint ? 0.16 : 1),
        inherit: false,
        hover: state.look.accent,
        highlight: state.look.accent,
      },
      arrows: { to: { enabled: lit.has(id), scaleFactor: 0.55 } },
    })),
  );
  redraw(state);
}

function fadeTo(state, goal, done) {
  cancelAnimationFrame(state.frame);
  const from = state.fade;
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
  if (state.small !== state.width < SMALL) rearrange(state);
  else if (!state.moved) fit(state, false);
}

// The window became small, or large again: the islands stand otherwise there.
function rearrange(state) {
  state.dragged = {};
  state.moved = false;
  state.version = null;
  show(state);
}

function zoom(state, factor) {
  state.moved = true;
  const scale = Math.min(4, Math.max(0.1, state.network.getScale() * factor));
  state.network.moveTo({ scale, animation: calm() });
}

const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 160 });

// The whole picture with the room that its names need.
function fit(state, slowly) {
  const [left, top, right, bottom] = state.small ? state.data.smallBounds : state.data.bounds;
  const scale = Math.min(1.4, (state.width - 36) / (right - left), (state.height - 32) / (bottom - top));
  if (slowly) state.moved = false;
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  state.network.moveTo({ position, scale: Math.max(scale, 0.05), animation: slowly ? calm() : false });
}

// Moves the view only when nothing of what is in focus can be seen.
function reveal(state, ids) {
  if (!ids.length) return;
  const places = Object.values(state.network.getPositions(ids));
  const seen = places.some((place) => {
    const { x, y } = state.network.canvasToDOM(place);
    return x > 20 && y > 20 && x < state.width - 20 && y < state.height - 20;
  });
  if (!seen) state.network.moveTo({ position: places[0], animation: calm() });
}
