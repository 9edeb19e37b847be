// The page without a server: search, legend, list and panel around the stage, in both languages.

const all = JSON.parse(document.getElementById("content").textContent);
const root = document.querySelector(".canvas");
const at = (selector) => document.querySelector(selector);
const STAGES = ["achieved", "under-way", "planned"];
const state = { lang: all.lang, off: new Set(), focus: null, list: false, turn: 0 };
const own = () => all.languages[state.lang];
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), all.words[key][state.lang]);

// An element with a class, attributes and what is in it; text is always text.
function make(tag, { css = "", ...more } = {}, ...inside) {
  const one = document.createElement(tag);
  if (css) one.className = css;
  for (const [name, value] of Object.entries(more))
    if (name.startsWith("on")) one.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) one.setAttribute(name, value === true ? "" : value);
  one.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== ""));
  return one;
}

// Words, in an element that names their language where it is not the reader's.
function told(words, tag = "span", css = "") {
  const [text, lang] = Array.isArray(words) ? words : [words];
  return make(tag, { css, lang }, text);
}

const NS = "http://www.w3.org/2000/svg";
function glyph(type, stage) {
  const { shapes, colours } = own().picture;
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "-1 -1 26 26");
  svg.setAttribute("class", `glyph ${stage}`);
  svg.setAttribute("aria-hidden", "true");
  svg.style.color = `light-dark(${colours[type].light}, ${colours[type].dark})`;
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", shapes[all.shapes[type]] || shapes.circle);
  svg.append(path);
  return svg;
}

function chip(id) {
  const { name, type, stage } = own().chips[id];
  const inside = [glyph(type, stage), told(name, "span", "name")];
  return own().cards[id]
    ? make("button", { css: "chip", type: "button", onclick: () => pick("entity", id) }, inside)
    : make("span", { css: "chip" }, inside);
}

const badge = ({ name, stage }) => make("span", { css: `badge ${stage}` }, name);

// What stands behind a statement, folded until it is asked for.
function proof({ phrase, source, speaker }, open) {
  const { title, publisher, date, official, url, lang } = own().sources[source];
  const facts = [
    speaker && [say("speaker"), told(speaker)],
    [say("source"), told(title)],
    [say("publisher"), make("span", {}, told(publisher), " ", make("span", { css: "mark" }, say(official ? "official" : "not_official")))],
    [say("date"), date],
  ].filter(Boolean);
  return make(
    "details",
    { open },
    make("summary", { "aria-label": say("words_behind"), title: say("words_behind") }, "”"),
    make("blockquote", { lang }, phrase),
    make("dl", {}, facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, `${say("open_source")} ↗`),
  );
}

const head = (text, count) => make("h2", {}, make("span", {}, text), count ? make("span", {}, String(count)) : "");

function figure(one) {
  const aim = say(one.aim === "target" ? "target" : "reached");
  return make(
    "div",
    { css: "figure" },
    make("div", {}, one.metric),
    make("div", { css: "amount" }, one.before ? `${one.before} ` : "", make("b", {}, one.digits), ` ${one.unit || ""}`),
    make("div", { css: "quiet" }, `${aim} · ${one.as_of}`),
    proof(one.proof, state.focus.id === one.id),
  );
}

function group({ heading, outgoing, lines }) {
  return [
    make("h3", {}, make("span", { "aria-hidden": "true" }, outgoing ? "→ " : "← "), heading),
    ...lines.map((line) =>
      make(
        "div",
        { css: "line" },
        chip(line.to),
        line.role ? told(line.role, "span", "quiet") : "",
        line.since ? make("span", { css: "quiet" }, say("since", { date: line.since })) : "",
        line.badge ? badge(line.badge) : "",
        proof(line.proof, state.focus.id === line.id),
      ),
    ),
  ];
}

// The entity whose card shows what is in focus: itself, or the subject of the statement.
function cardOf({ kind, id }) {
  if (kind === "entity") return id;
  const edge = own().picture.edges.find((one) => one.id === id);
  return edge ? edge.from : null;
}

function panel() {
  const id = state.focus && cardOf(state.focus);
  const place = at("aside");
  if (!id || !own().cards[id]) {
    place.replaceChildren(make("h1", {}, all.title[state.lang]), make("p", {}, say("pick")), make("p", { css: "quiet" }, say("dashed")), foot());
    return;
  }
  const card = own().cards[id];
  const { name, other, kind, type, stage } = own().chips[id];
  const close = make("button", { type: "button", css: "x", "aria-label": say("close"), onclick: () => pick("nothing", "") }, "×");
  const kicker = [kind, ...(card.themes || [])].join(" · ");
  const { badge: status, about, figures = [], groups = [], aliases = [] } = card;
  const dates = status ? [status.as_of && say("as_of", { date: status.as_of }), status.since && say("since", { date: status.since })] : [];
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  place.replaceChildren(
    ...[
      make("div", { css: "kicker" }, glyph(type, stage), make("span", {}, kicker), close),
      told(name, "h1"),
      other ? told(other, "div", "quiet") : "",
      status ? make("div", { css: "state" }, badge(status), make("span", { css: "quiet" }, dates.filter(Boolean).join(" · "))) : "",
      about ? told(about, "p") : "",
      aliases.length ? make("p", { css: "quiet" }, `${say("also")} `, ...aliases.flatMap((one, place) => [place ? " · " : "", told(one)])) : "",
      ...(figures.length ? [head(say("figures"), figures.length), ...figures.map(figure)] : []),
      ...(count ? [head(say("relations"), count), ...groups.flatMap(group)] : []),
      figures.length || count ? "" : make("p", { css: "quiet" }, say("nothing_said")),
      foot(),
    ].filter(Boolean),
  );
  const open = place.querySelector("details[open]");
  if (state.focus.kind === "statement" && open) open.scrollIntoView({ block: "center" });
  else place.scrollTo(0, 0);
}

function foot() {
  const live = all.link ? make("a", { href: all.link, target: "_blank", rel: "noopener noreferrer" }, `${say("live")} ↗`) : "";
  return make("footer", {}, say("foot", { version: all.version }), " ", live);
}

// What the legend leaves: nodes that pass every facet, and the lines and islands between them.
function passes(node) {
  const themes = all.themes[node.id];
  const off = (facet, value) => state.off.has(`${facet}.${value}`);
  return !off("type", node.kind) && !off("stage", node.stage) && (!themes.length || themes.some((one) => !off("theme", one)));
}

function shown() {
  const { picture } = own();
  const nodes = picture.nodes.filter(passes);
  const ids = new Set(nodes.map(({ id }) => id));
  const planned = state.off.has("stage.planned");
  const edges = picture.edges.filter(({ from, to, dashes }) => ids.has(from) && ids.has(to) && !(planned && dashes));
  const groups = picture.groups
    .map((one) => ({ ...one, members: one.members.filter((id) => ids.has(id)), tree: one.tree.filter(([a, b]) => ids.has(a) && ids.has(b)) }))
    .filter(({ members }) => members.length);
  return { ...picture, nodes, edges, groups };
}

const FACETS = {
  type: (node) => [node.kind],
  stage: (node) => [node.stage],
  theme: (node) => all.themes[node.id],
};

function legend() {
  const { picture, types, themes } = own();
  const rows = { type: Object.entries(types), stage: STAGES.map((one) => [one, say(one)]), theme: Object.entries(themes) };
  const marks = { type: (id) => glyph(id, "achieved"), stage: (id) => make("span", { css: `round ${id}` }), theme: () => make("span", { css: "isle" }) };
  const parts = [];
  for (const [facet, entries] of Object.entries(rows)) {
    const counts = new Map();
    for (const node of picture.nodes) for (const value of FACETS[facet](node)) counts.set(value, (counts.get(value) || 0) + 1);
    parts.push(make("h2", {}, say(`${facet}s`)));
    for (const [id, name] of entries.filter(([one]) => counts.has(one))) {
      const key = `${facet}.${id}`;
      const flip = () => {
        if (!state.off.delete(key)) state.off.add(key);
        refresh();
        at(`[data-key="${key}"]`).focus();
      };
      const on = String(!state.off.has(key));
      const inside = [marks[facet](id), make("span", {}, name), make("span", { css: "count" }, String(counts.get(id)))];
      parts.push(make("button", { type: "button", role: "checkbox", "aria-checked": on, "data-key": key, onclick: flip }, inside));
    }
  }
  if (state.off.size) parts.push(make("button", { type: "button", css: "all", onclick: () => (state.off.clear(), refresh()) }, say("all")));
  at("nav.legend").replaceChildren(...parts);
}

function table({ nodes }) {
  const { chips, cards } = own();
  const columns = ["name", "other_name", "type", "theme", "status"];
  const rows = nodes.map(({ id }) => {
    const { other, kind } = chips[id];
    const { badge: status, themes = [] } = cards[id];
    return make("tr", {}, [chip(id), other ? told(other) : "", kind, themes.join(" · "), status ? badge(status) : ""].map((cell) => make("td", {}, cell)));
  });
  const heads = make("tr", {}, columns.map((one) => make("th", { scope: "col" }, say(one))));
  at(".list").replaceChildren(make("table", {}, make("thead", {}, heads), make("tbody", {}, rows)));
}

const fold = (text) => [...text.normalize("NFKD").toLowerCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join("");

function search() {
  const text = fold(at("#search").value);
  const hits = new Map();
  for (const [key, id] of text ? all.keys : []) {
    const rank = key === text ? 0 : key.startsWith(text) ? 1 : key.includes(text) && text.length > 1 ? 2 : null;
    if (rank !== null && rank < (hits.get(id) ?? 3)) hits.set(id, rank);
  }
  const found = [...hits].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0])).slice(0, 8);
  const items = found.map(([id]) => {
    const { other, kind } = own().chips[id];
    return make("li", {}, chip(id), make("span", { css: "quiet" }, kind), other ? told(other, "div", "quiet") : "");
  });
  at(".hits").replaceChildren(...(text && !items.length ? [make("li", { css: "quiet" }, say("no_hits"))] : items));
  at(".hits").hidden = !text;
}

function frame() {
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  document.title = all.title[state.lang];
  at(".brand").textContent = all.title[state.lang];
  at("#search").placeholder = say("search_hint");
  at("#search").setAttribute("aria-label", say("search"));
  for (const [css, key] of [["langs", "language"], ["views", "view"], ["looks", "look"], ["legend", "types"]]) at(`.${css}`).setAttribute("aria-label", say(key));
  for (const one of document.querySelectorAll(".langs button")) one.setAttribute("aria-pressed", String(one.value === state.lang));
  for (const one of document.querySelectorAll(".views button")) {
    one.textContent = say(one.value);
    one.setAttribute("aria-pressed", String((one.value === "list") === state.list));
  }
  at(".list").hidden = !state.list;
  at(".stage").hidden = state.list;
}

function refresh() {
  const data = shown();
  frame();
  legend();
  stage.speak({ graph: say("graph_of", { count: data.nodes.length }), zoom_in: say("zoom_in"), zoom_out: say("zoom_out"), zoom_fit: say("zoom_fit") });
  if (state.list) table(data);
  else stage.show({ ...data, version: String(++state.turn), base: "", at: null });
  at(".shown").textContent = say("shown", { entities: data.nodes.length, relations: data.edges.length });
  panel();
}

function pick(kind, id) {
  state.focus = kind === "nothing" ? null : { kind, id };
  stage.focus(kind, id);
  at("#search").value = "";
  search();
  panel();
}

function dress(dark) {
  const { ground } = own().picture.look[dark ? "dark" : "light"];
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  document.documentElement.style.setProperty("--st-background-color", ground);
  at(".looks").setAttribute("aria-pressed", String(dark));
  stage.recolour();
}

const stage = makeStage(root, { pick, open: (id) => pick("entity", id), move: () => {}, view: () => {} });
const system = matchMedia("(prefers-color-scheme: dark)");
let dark = all.look ? all.look === "dark" : system.matches;
at(".looks").addEventListener("click", () => dress((dark = !dark)));
system.addEventListener("change", ({ matches }) => dress((dark = matches)));
at("#search").addEventListener("input", search);
for (const one of document.querySelectorAll(".langs button")) one.addEventListener("click", () => ((state.lang = one.value), refresh()));
for (const one of document.querySelectorAll(".views button")) one.addEventListener("click", () => ((state.list = one.value === "list"), refresh()));
addEventListener("keydown", (event) => {
  const hits = [...document.querySelectorAll(".hits button")];
  const place = hits.indexOf(document.activeElement);
  if (event.key === "Escape" && !at(".hits").hidden) pick(state.focus ? state.focus.kind : "nothing", state.focus ? state.focus.id : "");
  else if (event.key === "Escape") pick("nothing", "");
  else if (event.key === "ArrowDown" && hits.length && (place >= 0 || event.target.id === "search")) hits[Math.min(place + 1, hits.length - 1)].focus();
  else if (event.key === "ArrowUp" && place >= 0) (hits[place - 1] || at("#search")).focus();
  else if (event.key === "Enter" && event.target.id === "search" && hits.length) hits[0].click();
  else return;
  event.preventDefault();
});
document.documentElement.style.colorScheme = dark ? "dark" : "light";
document.documentElement.style.setProperty("--st-background-color", own().picture.look[dark ? "dark" : "light"].ground);
refresh();
dress(dark);
if (all.focus) pick(all.focus.kind, all.focus.id);
document.documentElement.dataset.ready = "yes";
