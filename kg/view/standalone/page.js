// The page without a server: search, legend, list and panel around the stage, in both languages.

const all = JSON.parse(document.getElementById("content").textContent);
const root = document.querySelector(".canvas");
const at = (selector) => document.querySelector(selector);
const state = { lang: all.lang, off: new Set(), focus: null, list: false, turn: 0, moved: new Map() };

// What differs between the languages stands as {"$": [zh, en]}; what one of them lacks is left out.
function inOne(value, place) {
  if (Array.isArray(value)) return value.map((one) => inOne(one, place));
  if (value === null || typeof value !== "object") return value;
  if (value.$) return value.$[place];
  const parts = Object.entries(value).map(([key, part]) => [key, inOne(part, place)]);
  return Object.fromEntries(parts.filter(([, part]) => part !== null));
}
const read = {};
const own = () => (read[state.lang] ||= inOne(all.both, state.lang === "zh" ? 0 : 1));
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

// On a small screen the legend is folded until it is asked for.
function folder() {
  const nav = at("nav.legend");
  const flip = ({ currentTarget }) => currentTarget.setAttribute("aria-expanded", String(nav.classList.toggle("open")));
  return make("button", { type: "button", css: "fold", "aria-expanded": String(nav.classList.contains("open")), onclick: flip }, say("filter"));
}

function legend() {
  const { types, themes } = own();
  const rows = { type: Object.entries(types), stage: STAGES.map((one) => [one, say(one)]), theme: Object.entries(themes) };
  const marks = { type: (id) => glyph(id, "achieved"), stage: (id) => make("span", { css: `round ${id}` }), theme: () => make("span", { css: "isle" }) };
  const parts = [folder()];
  for (const [facet, entries] of Object.entries(rows)) {
    const found = counts(facet);
    parts.push(make("h2", {}, say(`${facet}s`)));
    for (const [id, name] of entries.filter(([one]) => found.has(one))) {
      const key = `${facet}.${id}`;
      const flip = () => {
        if (!state.off.delete(key)) state.off.add(key);
        filtered();
        at(`[data-key="${key}"]`).focus();
      };
      const on = String(!state.off.has(key));
      const inside = [marks[facet](id), make("span", {}, name), make("span", { css: "count" }, String(found.get(id)))];
      parts.push(make("button", { type: "button", role: "checkbox", "aria-checked": on, "data-key": key, onclick: flip }, inside));
    }
  }
  if (state.off.size) parts.push(make("button", { type: "button", css: "all", onclick: () => (state.off.clear(), filtered(), at(".legend [data-key]").focus()) }, say("all")));
  at("nav.legend").replaceChildren(...parts);
}

function table({ nodes }) {
  const { chips, cards, statements } = own();
  const columns = ["name", "other_name", "type", "theme", "status"];
  const rows = nodes.map(({ id }) => {
    const { other, kind } = chips[id];
    const { status: digits, themes = [] } = cards[id];
    const status = digits && statements[digits].badge;
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
  for (const [css, key] of [["langs", "language"], ["views", "view"], ["looks", "look"], ["legend", "filter"]]) at(`.${css}`).setAttribute("aria-label", say(key));
  for (const one of document.querySelectorAll(".langs button")) one.setAttribute("aria-pressed", String(one.value === state.lang));
  for (const one of document.querySelectorAll(".views button")) {
    one.textContent = say(one.value);
    one.setAttribute("aria-pressed", String((one.value === "list") === state.list));
  }
  at(".list").hidden = !state.list;
  at(".stage").hidden = state.list;
}

function filtered() {
  const data = shown();
  frame();
  legend();
  stage.speak({ graph: say("graph_of", { count: data.nodes.length }), zoom_in: say("zoom_in"), zoom_out: say("zoom_out"), zoom_fit: say("zoom_fit") });
  if (state.list) table(data);
  else stage.show({ ...data, version: String(++state.turn), base: "", at: null });
  at(".shown").textContent = say("shown", { entities: data.nodes.length, relations: data.edges.length });
}

function refresh() {
  filtered();
  panel();
}

// Who picked by keyboard goes on reading at the panel's heading.
function pick(kind, id, keys) {
  state.focus = kind === "nothing" ? null : { kind, id };
  stage.focus(kind, id);
  at("#search").value = "";
  search();
  panel();
  if (keys) at("aside h1").focus();
}

function dress(dark) {
  at(".looks").setAttribute("aria-pressed", String(dark));
  colour(dark);
}

function colour(dark) {
  const { ground } = own().picture.look[dark ? "dark" : "light"];
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  document.documentElement.style.setProperty("--st-background-color", ground);
  stage.recolour();
}

const stage = makeStage(root, { pick, open: (id) => pick("entity", id), move: (id, x, y) => (state.moved.set(id, [x, y]), filtered()), view: () => {} });
root.islands = () => shown().groups; // for who wants to check them from outside
const system = matchMedia("(prefers-color-scheme: dark)");
let dark = all.look ? all.look === "dark" : system.matches;
at(".looks").addEventListener("click", () => dress((dark = !dark)));
// Paper is white whatever the screen is.
addEventListener("beforeprint", () => colour(false));
addEventListener("afterprint", () => colour(dark));
system.addEventListener("change", ({ matches }) => dress((dark = matches)));
at("#search").addEventListener("input", search);
for (const one of document.querySelectorAll(".langs button")) one.addEventListener("click", () => ((state.lang = one.value), refresh()));
for (const one of document.querySelectorAll(".views button")) one.addEventListener("click", () => ((state.list = one.value === "list"), filtered()));
addEventListener("keydown", (event) => {
  const hits = [...document.querySelectorAll(".hits button")];
  const place = hits.indexOf(document.activeElement);
  if (event.key === "Escape" && !at(".hits").hidden) pick(state.focus ? state.focus.kind : "nothing", state.focus ? state.focus.id : "");
  else if (event.key === "Escape") pick("nothing", "", at("aside").contains(document.activeElement));
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
