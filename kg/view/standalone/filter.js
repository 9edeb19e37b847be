// What the legend leaves of the picture, and how much each of its choices would show.

const STAGES = ["achieved", "under-way", "planned"];
const FACETS = {
  type: (node) => [node.kind],
  stage: (node) => [node.stage],
  theme: (node) => all.themes[node.id],
};

// Whether a node passes every facet but the one named; what has no theme passes that facet.
function passes(node, without) {
  return Object.entries(FACETS).every(([facet, valuesOf]) => {
    const values = valuesOf(node);
    return facet === without || !values.length || values.some((one) => !state.off.has(`${facet}.${one}`));
  });
}

// How many nodes each value of a facet would show, given the other facets; 0 for a value that they hide altogether.
function counts(facet) {
  const found = new Map();
  for (const node of own().picture.nodes)
    for (const value of FACETS[facet](node)) found.set(value, (found.get(value) || 0) + Number(passes(node, facet)));
  return found;
}

// The shortest lines that join all members (Prim): the ground of what is left of an island stays in one piece.
function spanning(members, spots) {
  const far = (a, b) => (spots.get(a)[0] - spots.get(b)[0]) ** 2 + (spots.get(a)[1] - spots.get(b)[1]) ** 2;
  const [first, ...rest] = members;
  const free = new Map(rest.map((id) => [id, [far(first, id), first]]));
  const tree = [];
  while (free.size) {
    const [next, [, from]] = [...free].reduce((best, one) => (one[1][0] < best[1][0] ? one : best));
    free.delete(next);
    tree.push([from, next]);
    for (const [id, [gap]] of free) if (far(next, id) < gap) free.set(id, [far(next, id), next]);
  }
  return tree;
}

// The nodes that pass, where the reader put them, with the lines and islands between them.
function shown() {
  const { picture } = own();
  const nodes = picture.nodes
    .filter((node) => passes(node))
    .map((node) => (state.moved.has(node.id) ? { ...node, x: state.moved.get(node.id)[0], y: state.moved.get(node.id)[1] } : node));
  const spots = new Map(nodes.map(({ id, x, y }) => [id, [x, y]]));
  const planned = state.off.has("stage.planned");
  const edges = picture.edges.filter(({ from, to, dashes }) => spots.has(from) && spots.has(to) && !(planned && dashes));
  const groups = picture.groups.flatMap((one) => {
    const members = one.members.filter((id) => spots.has(id));
    return members.length ? [{ ...one, members, tree: spanning(members, spots) }] : [];
  });
  return { ...picture, nodes, edges, groups };
}
