// Places names on the picture: none on a shape, none on another name, none under the buttons, none cut off.

const LINE = 15; // from one line of a name to the next, on screen
const LEAD = 9; // a name further than this from its shape is led to it by a thin line
const MOST_PLATES = 24; // the lines of a hub are too many to be named one by one
const FAR_OFF = 0.4; // below this zoom only themes and the chief entities are named

const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const within = (state, box) => box.x > 2 && box.y > 2 && box.x + box.w < state.width - 2 && box.y + box.h < state.height - 2;

const isFree = (state, taken, box) => within(state, box) && !taken.some((other) => meets(box, other));

// Names stay the same size at any zoom, so they are set in screen pixels.
export function drawNames(state, ctx) {
  const ratio = state.ratio();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  const seen = inSight(state);
  const taken = [...controls(state), ...seen.map(({ spot, r }) => around(spot, 0.9 * r))];
  drawPlates(state, ctx, taken);
  drawTitles(state, ctx, taken);
  if (state.near) seen.sort((a, b) => state.near.has(b.node.id) - state.near.has(a.node.id));
  const names = [];
  for (const one of seen) drawName(state, ctx, taken, one, names);
  // Where everything stands, for who wants to check it from outside.
  state.root.placed = { names, shapes: seen.map(({ spot, r }) => around(spot, 0.85 * r)) };
  ctx.restore();
}

const around = ({ x, y }, r) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });

// The entities on screen, in the order in which they are named, each with its place and its shape's radius there.
function inSight(state) {
  const places = state.network.getPositions();
  return state.data.nodes
    .map((node) => ({
      node,
      spot: state.network.canvasToDOM(places[node.id]),
      r: (GLYPH / 2) * glyphScale(state, node) * state.scale,
    }))
    .filter(({ spot }) => spot.x > -80 && spot.y > -60 && spot.x < state.width + 80 && spot.y < state.height + 60);
}

// The ground that the buttons stand on.
function controls(state) {
  const box = state.root.parentNode.querySelector(".zoom").getBoundingClientRect();
  const from = state.root.getBoundingClientRect();
  return [{ x: box.x - from.x - 3, y: box.y - from.y - 3, w: box.width + 6, h: box.height + 6 }];
}

// Where a name of this size may stand, so far from its shape: below, beside, above, then a little to the side.
function* places({ spot }, { w, h }, far, chief) {
  const middle = spot.x - w / 2;
  const [below, above] = [spot.y + far, spot.y - far - h];
  yield { x: middle, y: below, w, h };
  if (chief) {
    yield { x: spot.x + far, y: spot.y - h / 2, w, h };
    yield { x: spot.x - far - w, y: spot.y - h / 2, w, h };
  }
  yield { x: middle, y: above, w, h };
  for (const aside of chief ? [w / 5, -w / 5, w / 2.4, -w / 2.4] : [w / 6, -w / 6]) {
    yield { x: middle + aside, y: below, w, h };
    yield { x: middle + aside, y: above, w, h };
  }
}

// The nearest free place for the name in one of its forms (lines of text); null where there is none.
function placeName(state, ctx, taken, one, chief, focused) {
  const forms = one.node.forms.filter((lines) => chief || lines.length < 3).map((lines) => ({
    lines,
    w: Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4,
    h: lines.length * LINE,
  }));
  const near = Math.max(one.r, 7) + (focused ? 9 : 3);
  for (const away of !chief ? [0] : state.scale < FAR_OFF && !state.near ? [0, 5] : [0, 5, 11, 18, 26])
    for (const form of forms)
      for (const box of places(one, form, near + away, chief || state.scale > 0.75))
        if (isFree(state, taken, box)) return { box, lines: form.lines };
  if (!focused) return null;
  const { lines, w, h } = forms[0];
  return { box: { x: one.spot.x - w / 2, y: one.spot.y + near, w, h }, lines };
}

function drawName(state, ctx, taken, one, names) {
  const { node } = one;
  const focused = node.id === state.focusNode;
  const near = state.near && state.near.has(node.id);
  if (state.scale < FAR_OFF && !near && (state.near || node.rank < 1)) return;
  const chief = node.rank > 0 || focused;
  ctx.font = `${chief ? 600 : 400} 12.5px ${FAMILY}`;
  const found = placeName(state, ctx, taken, one, chief || near, focused);
  if (!found) return;
  const { box, lines } = found;
  taken.push(box);
  names.push(box);
  ctx.globalAlpha = strength(state, node.id);
  lead(state, ctx, one, box);
  ctx.strokeStyle = state.look.island;
  ctx.lineWidth = 3.5;
  ctx.fillStyle = state.look.text;
  write(ctx, lines, box);
  ctx.globalAlpha = 1;
}

function write(ctx, lines, box) {
  lines.forEach((line, row) => {
    const y = box.y + LINE * (row + 0.5) + 0.5;
    ctx.strokeText(line, box.x + box.w / 2, y);
    ctx.fillText(line, box.x + box.w / 2, y);
  });
}

// A thin line from a shape to a name that could not stand beside it.
function lead(state, ctx, { spot, r }, box) {
  const to = {
    x: Math.min(Math.max(spot.x, box.x), box.x + box.w),
    y: Math.min(Math.max(spot.y, box.y), box.y + box.h),
  };
  const length = Math.hypot(to.x - spot.x, to.y - spot.y);
  if (length < r + LEAD) return;
  ctx.strokeStyle = state.look.text;
  ctx.lineWidth = 0.8;
  ctx.beginPath();
  ctx.moveTo(spot.x + ((to.x - spot.x) * r) / length, spot.y + ((to.y - spot.y) * r) / length);
  ctx.lineTo(to.x, to.y);
  ctx.stroke();
}

// The names of the themes, before all others; one that has no room near its island is left out.
function drawTitles(state, ctx, taken) {
  ctx.font = `600 12px ${FAMILY}`;
  for (const group of state.data.groups) {
    if (!group.name) continue;
    const place = state.small ? group.small.title : group.title;
    const spot = state.network.canvasToDOM({ x: place[0], y: place[1] });
    const lines = state.small ? group.lines : [group.name];
    const w = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4;
    const h = lines.length * LINE;
    if (spot.x > 0 && spot.x < state.width) spot.x = Math.min(Math.max(spot.x, w / 2 + 4), state.width - w / 2 - 4);
    const tries = [0, -4, 4, -8, -12].flatMap((down) => [0, 14, -14, 30, -30, 50, -50].map((aside) => [aside, down]));
    const boxes = tries.map(([aside, down]) => ({ x: spot.x - w / 2 + aside, y: spot.y - h / 2 + down, w, h }));
    const box = boxes.find((one) => isFree(state, taken, one));
    if (!box) continue;
    taken.push(box);
    ctx.globalAlpha = state.near ? 1 - 0.5 * state.fade : 1;
    ctx.strokeStyle = state.look.paper;
    ctx.lineWidth = 4;
    ctx.fillStyle = state.look.quiet;
    write(ctx, lines, box);
  }
  ctx.globalAlpha = 1;
}

// The names of the relations in focus, each on a plate near the middle of its line.
function drawPlates(state, ctx, taken) {
  if (state.lit.length > MOST_PLATES) return;
  ctx.font = `500 11.5px ${FAMILY}`;
  for (const edge of state.lit) {
    const line = state.network.body.edges[edge.id];
    if (!line || !line.connected) continue;
    const w = ctx.measureText(edge.name).width + 12;
    const box = plates(state, line.edgeType, w).find((one) => isFree(state, taken, one));
    if (!box) continue;
    taken.push(box);
    drawPlate(state, ctx, edge.name, box);
  }
}

// Where a plate may stand: on the line, from its middle outwards, then a little above or below it.
function plates(state, line, w) {
  const spots = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82].map((part) => state.network.canvasToDOM(line.getPoint(part)));
  return [0, -16, 16, -28, 28].flatMap((down) => spots.map(({ x, y }) => ({ x: x - w / 2, y: y - 9 + down, w, h: 18 })));
}

function drawPlate(state, ctx, name, box) {
  ctx.fillStyle = state.look.ground;
  ctx.strokeStyle = state.look.accent;
  ctx.lineWidth = 1;
  ctx.globalAlpha = state.fade;
  ctx.beginPath();
  ctx.roundRect(box.x, box.y, box.w, box.h, 4);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = state.look.accent;
  ctx.fillText(name, box.x + box.w / 2, box.y + box.h / 2 + 0.5);
  ctx.globalAlpha = 1;
}
