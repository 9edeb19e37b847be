// Draws what vis-network does not: the islands below the lines, one outline per type, names placed without collision.

const GLYPH = 24; // side of the square that the outlines are drawn in
const FAMILY = '"Source Sans", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const FADED = 0.2; // how strongly the context of a focus is still seen
const paths = new Map();

const pathOf = (d) => {
  if (!paths.has(d)) paths.set(d, new Path2D(d));
  return paths.get(d);
};

// 1 for what is in focus or when nothing is, FADED for the rest; `fade` runs from 0 to 1 while a focus comes in.
const strength = (state, id) => (!state.near || state.near.has(id) ? 1 : 1 - (1 - FADED) * state.fade);

// Shapes keep a readable size on screen when the whole is shown small.
const glyphScale = (state, node) => (node.size / GLYPH) * 2 * Math.min(2, Math.max(1, 0.72 / state.scale));

function drawGlyph(state, ctx, node, x, y) {
  const { look, data } = state;
  const path = pathOf(data.shapes[node.glyph] || data.shapes.circle);
  const colour = data.colours[node.kind][look.name];
  const scale = glyphScale(state, node);
  ctx.save();
  ctx.translate(x, y);
  ctx.globalAlpha = 1;
  if (node.id === state.focusNode) {
    ctx.beginPath();
    ctx.arc(0, 0, (GLYPH / 2) * scale + 5 / state.scale, 0, 2 * Math.PI);
    ctx.fillStyle = look.ground;
    ctx.strokeStyle = look.accent;
    ctx.lineWidth = 2.5 / state.scale;
    ctx.fill();
    ctx.stroke();
  }
  ctx.scale(scale, scale);
  ctx.translate(-GLYPH / 2, -GLYPH / 2);
  ctx.fillStyle = look.ground;
  ctx.fill(path);
  const alpha = strength(state, node.id);
  ctx.globalAlpha = alpha * (node.stage === "achieved" ? 1 : node.stage === "planned" ? 0 : data.tint);
  ctx.fillStyle = colour;
  ctx.fill(path);
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineJoin = "round";
  ctx.lineWidth = 1.9;
  ctx.setLineDash(node.stage === "planned" ? [3.2, 2.4] : []);
  ctx.stroke(path);
  ctx.restore();
}

// What vis-network asks of a custom shape: how to draw it and how large it is to the mouse.
export function renderer(state, node) {
  return ({ ctx, x, y }) => {
    const side = Math.max(GLYPH * glyphScale(state, node), 24 / state.scale);
    return { drawNode: () => drawGlyph(state, ctx, node, x, y), nodeDimensions: { width: side, height: side } };
  };
}

// Each island twice: a little larger in the border's colour, then in the ground's.
export function drawIslands(state, ctx) {
  const { look, network, data } = state;
  for (const group of data.groups) {
    const at = network.getPositions(group.members);
    for (const [colour, grow] of [[look.border, 1.4 / state.scale], [look.island, 0]]) {
      ctx.fillStyle = ctx.strokeStyle = colour;
      ctx.lineCap = "round";
      ctx.lineWidth = 54 + 2 * grow;
      ctx.beginPath();
      for (const [a, b] of group.tree) {
        ctx.moveTo(at[a].x, at[a].y + 8);
        ctx.lineTo(at[b].x, at[b].y + 8);
      }
      ctx.stroke();
      ctx.beginPath();
      for (const id of group.members) {
        const [width, height] = state.byId.get(id).box;
        const w = width + 22 + 2 * grow;
        const h = height + 30 + 2 * grow;
        ctx.roundRect(at[id].x - w / 2, at[id].y - 13 - 15 - grow, w, h, Math.min(26, h / 2));
      }
      ctx.fill();
    }
  }
}

const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

// Names stay the same size at any zoom, so they are set in screen pixels.
export function drawNames(state, ctx) {
  const { network, data } = state;
  const ratio = state.ratio();
  const taken = [];
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  const places = network.getPositions();
  const seen = [];
  for (const node of data.nodes) {
    const spot = network.canvasToDOM(places[node.id]);
    const r = (GLYPH / 2) * glyphScale(state, node) * state.scale;
    if (spot.x < -80 || spot.y < -60 || spot.x > state.width + 80 || spot.y > state.height + 60) continue;
    taken.push({ x: spot.x - 0.8 * r, y: spot.y - 0.8 * r, w: 1.6 * r, h: 1.6 * r, glyph: true });
    seen.push({ node, spot, r });
  }
  drawPlates(state, ctx, taken);
  drawTitles(state, ctx, taken);
  if (state.near) seen.sort((a, b) => state.near.has(b.node.id) - state.near.has(a.node.id));
  for (const { node, spot, r } of seen) drawName(state, ctx, taken, node, spot, r);
  ctx.restore();
}

function drawName(state, ctx, taken, node, spot, r) {
  const chief = node.rank > 0 || node.id === state.focusNode;
  ctx.font = `${chief ? 600 : 400} 12.5px ${FAMILY}`;
  const lines = node.lines;
  const w = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4;
  const h = lines.length * 15;
  const far = Math.max(r, 7) + (node.id === state.focusNode ? 9 : 3);
  const below = { x: spot.x - w / 2, y: spot.y + far, w, h };
  const above = { x: spot.x - w / 2, y: spot.y - far - h, w, h };
  const right = { x: spot.x + far, y: spot.y - h / 2, w, h };
  const left = { x: spot.x - far - w, y: spot.y - h / 2, w, h };
  // From afar a name beside its shape would seem to belong to the next one.
  const tries = state.scale > 0.75 || chief ? [below, right, left, above] : [below, above];
  const own = (box) => box.x + box.w / 2 === spot.x && box.y + box.h / 2 === spot.y;
  const must = node.id === state.focusNode;
  const inside = (one) => one.x > 2 && one.x + w < state.width - 2;
  const free = (one) => inside(one) && !taken.some((other) => !own(other) && meets(one, other));
  // The name of a chief one may lie on another's shape, never on another name.
  const clear = (one) => inside(one) && !taken.some((other) => !other.glyph && meets(one, other));
  const box = tries.find(free) || (chief && tries.find(clear)) || (must && tries[0]);
  if (!box) return;
  taken.push(box);
  ctx.globalAlpha = strength(state, node.id);
  ctx.strokeStyle = state.look.island;
  ctx.lineWidth = 3.5;
  ctx.fillStyle = state.look.text;
  lines.forEach((line, row) => {
    const y = box.y + 15 * row + 8;
    ctx.strokeText(line, box.x + w / 2, y);
    ctx.fillText(line, box.x + w / 2, y);
  });
  ctx.globalAlpha = 1;
}

function drawTitles(state, ctx, taken) {
  ctx.font = `600 12px ${FAMILY}`;
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0.08em";
  const titles = [];
  for (const group of state.data.groups) {
    if (!group.name) continue;
    const spot = state.network.canvasToDOM({ x: group.x, y: group.y });
    const w = ctx.measureText(group.name).width + 4;
    if (spot.x > 0 && spot.x < state.width) spot.x = Math.min(Math.max(spot.x, w / 2 + 4), state.width - w / 2 - 4);
    const box = { x: spot.x - w / 2, y: spot.y - 9, w, h: 18 };
    if (titles.some((other) => meets(box, other))) continue;
    titles.push(box);
    taken.push(box);
    ctx.globalAlpha = state.near ? 1 - 0.5 * state.fade : 1;
    ctx.strokeStyle = state.look.paper;
    ctx.lineWidth = 4;
    ctx.fillStyle = state.look.quiet;
    ctx.strokeText(group.name, spot.x, spot.y);
    ctx.fillText(group.name, spot.x, spot.y);
  }
  ctx.globalAlpha = 1;
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
}

// The names of the relations in focus, each on a plate at the middle of its line.
function drawPlates(state, ctx, taken) {
  ctx.font = `500 11.5px ${FAMILY}`;
  for (const edge of state.lit) {
    const line = state.network.body.edges[edge.id];
    if (!line || !line.connected) continue;
    const w = ctx.measureText(edge.name).width + 12;
    for (const part of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]) {
      const spot = state.network.canvasToDOM(line.edgeType.getPoint(part));
      const box = { x: spot.x - w / 2, y: spot.y - 9, w, h: 18 };
      if (taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      ctx.fillStyle = state.look.ground;
      ctx.strokeStyle = state.look.accent;
      ctx.lineWidth = 1;
      ctx.globalAlpha = state.fade;
      ctx.beginPath();
      ctx.roundRect(box.x, box.y, w, 18, 4);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = state.look.accent;
      ctx.fillText(edge.name, spot.x, spot.y + 0.5);
      ctx.globalAlpha = 1;
      break;
    }
  }
}
