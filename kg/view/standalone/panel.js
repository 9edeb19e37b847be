// The panel: what the page is, the card of an entity, or one statement in words, always with the source's words.

const plain = (words) => (Array.isArray(words) ? words[0] : words);
const named = (id) => plain(own().chips[id].name);
const away = { target: "_blank", rel: "noopener noreferrer" };
const badge = ({ name, stage }) => make("span", { css: `badge ${stage}` }, name);
const quiet = (...inside) => make("span", { css: "quiet" }, ...inside);
const official = (source) => make("span", { css: "mark" }, say(source.official ? "official" : "not_official"));
const head = (text, count) => make("h2", {}, make("span", {}, text), count ? make("span", {}, String(count)) : "");
const title = (...inside) => make("h1", { tabindex: "-1" }, ...inside);

function chip(id) {
  const { name, type, stage } = own().chips[id];
  const inside = [glyph(type, stage), told(name, "span", "name")];
  return own().cards[id]
    ? make("button", { css: "chip", type: "button", onclick: ({ detail }) => pick("entity", id, !detail) }, inside)
    : make("span", { css: "chip" }, inside);
}

// What stands behind a statement, folded until it is asked for; `of` says what it is the evidence of.
function proof({ note, proof: { phrase, source, speaker } }, of, open) {
  const from = own().sources[source];
  const facts = [
    speaker && [say("speaker"), told(speaker)],
    [say("source"), told(from.title)],
    [say("publisher"), make("span", {}, told(from.publisher), " ", official(from))],
    [say("date"), from.date],
  ].filter(Boolean);
  const label = say("words_behind", { what: of });
  return make(
    "details",
    { open },
    make("summary", { "aria-label": label, title: label }, "”"),
    make("blockquote", { lang: from.lang }, phrase),
    note ? remark(note) : "",
    make("dl", {}, facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("a", { href: from.url, ...away }, `${say("open_source")} ↗`),
  );
}

const remark = (note) => make("p", { css: "note" }, quiet(say("note")), " ", told(note));
const isAsked = (id) => state.focus.kind === "statement" && state.focus.id === id;

function figure(id) {
  const one = own().statements[id];
  return make(
    "div",
    { css: "figure" },
    make("div", {}, one.metric),
    make("div", { css: "amount" }, one.before ? `${one.before} ` : "", make("b", {}, one.digits), ` ${one.unit || ""}`),
    make("div", { css: "quiet" }, `${say(one.aim === "target" ? "target" : "reached")} · ${one.as_of}`),
    proof(one, `${one.metric} ${one.amount}`, isAsked(id)),
  );
}

// What a relation says besides its two ends.
const extras = ({ role, since, badge: status }) => [
  role ? told(role, "span", "quiet") : "",
  since ? quiet(say("since", { date: since })) : "",
  status ? badge(status) : "",
];

function group({ heading, outgoing, lines }) {
  return [
    make("h3", {}, make("span", { "aria-hidden": "true" }, outgoing ? "→ " : "← "), heading),
    ...lines.map(([id, to]) => {
      const one = own().statements[id];
      return make("div", { css: "line" }, chip(to), extras(one), proof(one, `${heading} ${named(to)}`, isAsked(id)));
    }),
  ];
}

function status(id) {
  const one = own().statements[id];
  const dates = [one.as_of && say("as_of", { date: one.as_of }), one.since && say("since", { date: one.since })];
  return make("div", { css: "line state" }, badge(one.badge), quiet(dates.filter(Boolean).join(" · ")), proof(one, one.badge.name, isAsked(id)));
}

const listed = (key, names) =>
  names.length ? make("p", { css: "quiet" }, `${say(key)} `, names.flatMap(({ name }, place) => [place ? " · " : "", told(name)])) : "";

const closer = () => make("button", { type: "button", css: "x", "aria-label": say("close"), onclick: ({ detail }) => pick("nothing", "", !detail) }, "×");

function cardPanel(id) {
  const { themes = [], status: state_, about, figures = [], groups = [], aliases = [], former = [], note } = own().cards[id];
  const { name, other, kind, type, stage } = own().chips[id];
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  return [
    make("div", { css: "kicker" }, glyph(type, stage), make("span", {}, [kind, ...themes].join(" · ")), closer()),
    title(told(name)),
    other ? told(other, "div", "quiet") : "",
    state_ ? status(state_) : "",
    about ? told(about, "p") : "",
    listed("also", aliases),
    listed("former", former),
    note ? remark(note) : "",
    ...(figures.length ? [head(say("figures"), figures.length), ...figures.map(figure)] : []),
    ...(count ? [head(say("relations"), count), ...groups.flatMap(group)] : []),
    figures.length || count ? "" : make("p", { css: "quiet" }, say("nothing_said")),
  ];
}

// One relation in words, its evidence open, and the way to the cards of both ends.
function linePanel({ id, from, to, name }) {
  const one = own().statements[id];
  return [
    make("div", { css: "kicker" }, make("span", {}, say("relation")), closer()),
    title(told(own().chips[from].name), " ", make("span", { css: "verb" }, name), " ", told(own().chips[to].name)),
    make("div", { css: "line open" }, extras(one), proof(one, `${named(from)} ${name} ${named(to)}`, true)),
    head(say("cards")),
    make("div", { css: "line" }, chip(from)),
    make("div", { css: "line" }, chip(to)),
  ];
}

function opening() {
  const { picture, statements, sources } = own();
  const figures = Object.values(statements).filter(({ metric }) => metric).length;
  const numbers = { entities: picture.nodes.length, relations: picture.edges.length, figures };
  return [
    title(all.title[state.lang]),
    make("p", {}, say("held", numbers)),
    make("p", {}, say("pick")),
    make("p", { css: "quiet" }, say("dashed")),
    ...(all.featured.length ? [head(say("begin")), ...all.featured.map((id) => make("div", { css: "line" }, chip(id)))] : []),
    head(say("sources"), Object.keys(sources).length),
    ...Object.values(sources).map((one) =>
      make("p", { css: "source" }, make("a", { href: one.url, ...away }, told(one.title)), make("br"), quiet(told(one.publisher), ` · ${one.date} `), official(one)),
    ),
  ];
}

function foot() {
  const live = all.link ? make("a", { href: all.link, ...away }, `${say("live")} ↗`) : "";
  const newest = all.newest ? say("newest", { date: all.newest }) : "";
  return make("footer", {}, [newest, say("foot", { version: all.version }), say("made"), live].filter(Boolean).flatMap((one) => [one, state.lang === "zh" ? "" : " "]));
}

// What the panel shows of what is in focus; a statement that is not drawn opens its subject's card.
function inFocus() {
  if (!state.focus) return opening();
  const { kind, id } = state.focus;
  const { picture, statements, cards } = own();
  const edge = kind === "statement" && picture.edges.find((one) => one.id === id);
  if (edge) return linePanel(edge);
  const home = kind === "entity" ? id : (statements[id] || {}).of;
  return cards[home] ? cardPanel(home) : opening();
}

function panel() {
  const place = at("aside");
  place.setAttribute("aria-label", say("panel"));
  place.replaceChildren(...inFocus().filter(Boolean), foot());
  const open = state.focus && state.focus.kind === "statement" && place.querySelector(".figure details[open], .state details[open]");
  if (open) open.scrollIntoView({ block: "center" });
  else place.scrollTo(0, 0);
}
