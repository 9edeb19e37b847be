// What is done to a query as text: every function takes {text, start, end} (the selection) and gives the new one, or null.

const STEP = "  ";

// The lines that the selection touches: where the first begins and the last ends.
function block({ text, start, end }) {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const until = text.indexOf("\n", last);
  return [text.lastIndexOf("\n", start - 1) + 1, until < 0 ? text.length : until];
}

// `change` is called with each of the lines; the selection goes on to hold what it held.
function eachLine(state, change) {
  const { text, start, end } = state;
  const [from, to] = block(state);
  const before = text.slice(from, to).split("\n");
  const after = before.map(change);
  if (after.join() === before.join()) return null;
  const fresh = text.slice(0, from) + after.join("\n") + text.slice(to);
  const first = after[0].length - before[0].length;
  const [newStart, newEnd] = [Math.max(from, start + first), Math.max(from, end + fresh.length - text.length)];
  return { text: fresh, start: newStart, end: start === end ? newStart : newEnd };
}

export function indent(state) {
  return eachLine(state, (line) => (line || state.start === state.end ? STEP + line : line));
}

export function outdent(state) {
  return eachLine(state, (line) => line.replace(/^ {1,2}|^\t/, ""));
}

// Comments the lines, or takes the signs away where every line has one.
export function toggleComment(state) {
  const [from, to] = block(state);
  const lines = state.text.slice(from, to).split("\n").filter((line) => line.trim());
  if (lines.length && lines.every((line) => /^\s*#/.test(line))) return eachLine(state, (line) => line.replace(/^(\s*)# ?/, "$1"));
  const depth = Math.min(...lines.map((line) => /^\s*/.exec(line)[0].length), 80);
  return eachLine(state, (line) => (line.trim() || !lines.length ? `${line.slice(0, depth)}# ${line.slice(depth)}` : line));
}

// A new line begins below the last one, a step further in after an opening bracket.
export function newLine({ text, start, end }) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const inside = /^[ \t]*/.exec(text.slice(from, start))[0];
  const opens = /[{([]\s*$/.test(text.slice(from, start));
  const closes = opens && /^\s*[})\]]/.test(text.slice(end));
  const put = `\n${inside}${opens ? STEP : ""}`;
  const tail = closes ? `\n${inside}` : "";
  const rest = closes ? text.slice(end).replace(/^\s*(?=[})\]])/, "") : text.slice(end);
  return { text: text.slice(0, start) + put + tail + rest, start: start + put.length, end: start + put.length };
}

// A closing bracket at the head of a line goes back a step, to where its line opened.
export function closeBracket({ text, start, end }, bracket) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const head = text.slice(from, start);
  if (start !== end || !/^ {2,}$/.test(head)) return null;
  const at = start - STEP.length;
  return { text: text.slice(0, at) + bracket + text.slice(start), start: at + 1, end: at + 1 };
}

// `text` after all `edits`, which are places in the text as it is; `caret` is where it is to stand, in the text as it is.
export function withEdits(text, edits, caret) {
  let place = caret;
  let fresh = text;
  for (const edit of [...edits].sort((one, other) => other.start - one.start || other.end - one.end)) {
    fresh = fresh.slice(0, edit.start) + edit.text + fresh.slice(edit.end);
    if (edit.end <= caret) place += edit.text.length - (edit.end - edit.start);
    else if (edit.start < caret) place = edit.start + edit.text.length;
  }
  return { text: fresh, start: place, end: place };
}

// The one stretch in which two texts differ: [from, end in `before`, end in `after`]; no sign is cut in two.
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  if (from && isHalf(before.charCodeAt(from), after.charCodeAt(from))) from -= 1;
  let tail = 0;
  const last = (text) => text.charCodeAt(text.length - 1 - tail);
  while (tail < most - from && last(before) === last(after)) tail += 1;
  if (tail && isHalf(before.charCodeAt(before.length - tail))) tail -= 1;
  return [from, before.length - tail, after.length - tail];
}

const isHalf = (...codes) => codes.some((code) => code >= 0xdc00 && code <= 0xdfff);

// Where the caret stands after formatting: after the same sign as before, white space not counted.
export function sameSign(before, caret, after) {
  let left = before.slice(0, caret).replace(/\s/g, "").length;
  let place = 0;
  while (left > 0 && place < after.length) {
    if (/\S/.test(after[place])) left -= 1;
    place += 1;
  }
  return place;
}

// Python counts a sign beyond U+FFFF as one character, JavaScript as two.
export function toPython(text, place) {
  return [...text.slice(0, place)].length;
}

export function fromPython(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (place) => place;
  const places = [];
  let at = 0;
  for (const sign of text) {
    places.push(at);
    at += sign.length;
  }
  return (place) => (place < places.length ? places[place] : at);
}

// What a query is called in a list: its first comment, else its first line that is no prologue.
export function titleOf(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const said = lines.find((line) => /^#\s*[^\s#]/.test(line));
  if (said && lines.find(Boolean) === said) return said.replace(/^#\s*(title:\s*)?/i, "");
  return lines.filter((line) => line && !/^(#|PREFIX\b|BASE\b)/i.test(line)).slice(0, 3).join(" ") || lines.find(Boolean) || "";
}
