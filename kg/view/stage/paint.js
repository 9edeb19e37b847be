// Draws what vis-network does not: the islands below the lines and one outline per type.

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
export function renderer(state, id) {
  return ({ ctx, x, y }) => {
    const node = state.byId.get(id);
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
