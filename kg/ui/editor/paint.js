// The painted text below the field: coloured words, wavy lines under faults, line numbers. Only changed lines are redrawn.

export function makePaint(rows, gutter) {
  const state = { rows, gutter, seen: [], heads: [] };
  return {
    draw: (text, marks) => draw(state, text, marks),
    // Where a place of the text is on the screen.
    at: (place) => rectangle(state, place),
  };
}

function draw(state, text, marks) {
  const lines = readLines(text);
  const faults = spread(text, marks, lines);
  const { rows, seen } = state;
  const looks = lines.map((line, place) => ({ line, faults: faults.get(place) }));
  const same = (one, other) => one.line === other.line && one.faults === undefined && other.faults === undefined;
  let from = 0;
  while (from < seen.length && from < looks.length && same(seen[from], looks[from])) from += 1;
  let tail = 0;
  const most = Math.min(seen.length, looks.length) - from;
  while (tail < most && same(seen[seen.length - 1 - tail], looks[looks.length - 1 - tail])) tail += 1;
  const fresh = document.createDocumentFragment();
  for (const look of looks.slice(from, looks.length - tail)) fresh.append(row(look));
  const next = rows.children[seen.length - tail] || null;
  for (let gone = seen.length - tail - 1; gone >= from; gone -= 1) rows.children[gone].remove();
  rows.insertBefore(fresh, next);
  state.seen = looks;
  number(state, looks);
}

// The faults of each line that has some: where in the line each begins and ends, and what is said of it.
function spread(text, marks, lines) {
  const found = new Map();
  if (!marks.length) return found;
  let from = 0;
  lines.forEach((line, place) => {
    const to = from + line.text.length;
    const here = marks.filter((mark) => mark.start <= to && (mark.end > from || mark.start >= from));
    if (here.length) {
      found.set(
        place,
        here.map(({ start, end, message }) => ({ start: start - from, end: end - from, said: start >= from ? message : "" })),
      );
    }
    from = to + 1;
  });
  return found;
}

function row({ line: { text, words }, faults = [] }) {
  const line = document.createElement("div");
  line.className = "row";
  for (const { kind, start, end } of cut(words, faults)) {
    const wrong = faults.some((fault) => fault.start <= start && start < fault.end);
    const css = [kind === "plain" ? "" : kind, wrong ? "fault" : ""].filter(Boolean).join(" ");
    line.append(css ? part(css, text.slice(start, end)) : text.slice(start, end));
  }
  // A fault at the very end of a line has no sign of its own to stand under.
  if (faults.some(({ start }) => start === text.length)) line.append(part("fault end", ""));
  const said = faults.find((fault) => fault.said);
  if (said) {
    const words = part("said", "");
    words.dataset.note = said.said; // drawn by the style sheet: it is no part of the text
    line.append(words);
  }
  return line;
}

function part(css, text) {
  const word = document.createElement("span");
  word.className = css;
  word.textContent = text;
  return word;
}

// The words, split where a fault begins or ends.
function cut(words, faults) {
  if (!faults.length) return words;
  const places = faults.flatMap(({ start, end }) => [start, end]).sort((one, other) => one - other);
  return words.flatMap(({ kind, start, end }) => {
    const breaks = [...new Set([start, ...places.filter((at) => at > start && at < end), end])];
    return breaks.slice(1).map((to, place) => ({ kind, start: breaks[place], end: to }));
  });
}

function number({ gutter, heads }, looks) {
  while (heads.length < looks.length) {
    const head = document.createElement("div");
    head.textContent = heads.length + 1;
    heads.push({ head: gutter.appendChild(head), faulty: false });
  }
  while (heads.length > looks.length) heads.pop().head.remove();
  looks.forEach(({ faults }, place) => {
    const faulty = Boolean(faults && faults.some(({ said }) => said));
    if (heads[place].faulty !== faulty) heads[place].head.classList.toggle("faulty", faulty);
    heads[place].faulty = faulty;
  });
}

export function lineOf(text, place) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < place; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function rectangle({ rows }, { line, column }) {
  const walker = document.createTreeWalker(rows.children[line - 1], NodeFilter.SHOW_TEXT);
  let left = column;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.collapse(true);
      const [box] = range.getClientRects();
      if (box) return box;
    }
    left -= node.length;
  }
  return rows.children[line - 1].getBoundingClientRect();
}
