// What happens as the reader types: the text is painted at once, and looked at by Python once the typing rests.

const PAUSE = 150; // ms without a key, after which a text is looked at
const SAID_AFTER = 1000; // a fault that the next keys may mend is not told to a screen reader at once
const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const OPENS = new RegExp(`(?:[\\p{L}_][\\p{L}\\p{N}_-]+|[${HAN}]|(?<![\\p{L}\\p{N}])(?:\\p{L}[\\p{L}\\p{N}_.-]*)?:[\\p{L}\\p{N}_%.-]*)$`, "u");
const TYPED = ["insertText", "insertCompositionText", "insertFromComposition"];

let last = 0;

export const nextNumber = () => (last = Math.max(last + 1, Date.now()));

export function onInput(one, event) {
  const text = one.field.value;
  one.marks = moveMarks(one.marks, one.text, text);
  one.text = text;
  repaint(one);
  if (event.isComposing) return;
  typed(one, !one.quiet && TYPED.includes(event.inputType));
}

// The text is another: what was asked of the one before has no use any more. `byHand` may open the list.
export function typed(one, byHand) {
  one.asked = null;
  const { text } = one;
  const caret = one.field.selectionStart;
  const inList = !one.quiet && stillOpen(one, caret);
  if (inList) one.popup.narrow(text.slice(one.list.from, caret));
  else one.popup.close();
  const plain = !["comment", "string", "iri"].includes(kindAt(text, caret));
  const complete = inList || (byHand && plain && OPENS.test(text.slice(Math.max(0, caret - 100), caret)));
  clearTimeout(one.rest);
  one.rest = setTimeout(() => {
    one.keep();
    look(one, complete);
  }, PAUSE);
}

// Whether the reader still writes the word that the open list is for.
function stillOpen({ popup, list, text }, caret) {
  if (!popup.isOpen() || caret < list.from) return false;
  return text.slice(0, list.from) === list.text.slice(0, list.from) && /^\S+$/.test(text.slice(list.from, caret));
}

export function look(one, complete, asked = false) {
  clearTimeout(one.rest);
  if (one.composing || !one.root.isConnected) return;
  const { text, field } = one;
  const caret = field.selectionEnd;
  one.asked = { n: nextNumber(), complete, asked, caret };
  ask(one, "look", { n: one.asked.n, text, caret: toPython(text, caret), complete });
}

// An answer for another text than the one that stands here is dropped.
export function onLooked(one, found) {
  if (!one.asked || found.n !== one.asked.n) return;
  const at = fromPython(one.text);
  const place = ({ start, end, ...rest }) => ({ ...rest, start: at(start), end: at(end) });
  one.marks = found.marks.map((mark) => widen(one.text, place({ ...mark, cures: cures(mark, place) })));
  repaint(one);
  tellFaults(one);
  if (one.asked.complete) {
    const items = found.items.map((item) => ({ ...item, edits: (item.edits || []).map(place) }));
    offer(one, items, at(found.from), at(found.to));
  }
}

const cures = (mark, place) => (mark.cures || []).map(({ label, edits }) => ({ label, edits: edits.map(place) }));

// Every mark has a sign to stand under, if the text has one left.
function widen(text, mark) {
  return { ...mark, end: Math.max(mark.end, Math.min(text.length, mark.start + 1)) };
}

function offer(one, items, from, to) {
  const { text, asked, popup, field } = one;
  const whole = text.slice(from, to);
  const done = !asked.asked && items.some((item) => item.text === whole && !item.edits.length);
  const elsewhere = field.selectionStart !== asked.caret || !one.focused();
  if (done || elsewhere || !items.length) {
    popup.close();
    if (asked.asked && !items.length) one.say(one.words.nothing);
    return;
  }
  one.list = { from, to, text };
  popup.open(items, one.paint.at(placeOf(text, from)));
  one.say(one.words.found.replace("{count}", items.length));
}

// Puts an item in the place of what was typed, with what else it needs, as one step of undoing.
export function take(one, item) {
  const { list, text } = one;
  const step = text.length - list.text.length;
  const to = list.to + step;
  if (text.slice(to) !== list.text.slice(list.to)) return one.popup.close();
  const moved = item.edits.map((edit) =>
    edit.start >= list.to ? { ...edit, start: edit.start + step, end: edit.end + step } : edit,
  );
  one.popup.close();
  change(one, withEdits(text, [...moved, { start: list.from, end: to, text: item.text }], to));
  if (item.text.endsWith(":")) look(one, true);
}

export function placeOf(text, place) {
  return { line: lineOf(text, place), column: place - (text.lastIndexOf("\n", place - 1) + 1) };
}

// The page dims what the text came to that it had before (see css/answer.css).
export function tellEdited({ text, base }) {
  document.documentElement.toggleAttribute("data-edited", base !== null && text.trim() !== base.trim());
}

export function repaint(one) {
  one.paint.draw(one.text, one.marks);
  tellEdited(one);
  showFaults(one.faults, one.text, one.marks, one.words, one.cures);
  const wrong = one.marks.length > 0;
  one.field.setAttribute("aria-invalid", String(wrong));
  if (!wrong) clearTimeout(one.telling);
  showCaret(one);
}

export function showCaret({ field, caret, words }) {
  const { line, column } = placeOf(field.value, field.selectionDirection === "backward" ? field.selectionStart : field.selectionEnd);
  caret.textContent = words.caret.replace("{line}", line).replace("{column}", column + 1);
}

function tellFaults(one) {
  clearTimeout(one.telling);
  const [first] = one.marks;
  const said = first ? `${one.words.line.replace("{line}", lineOf(one.text, first.start))} ${first.message}` : "";
  if (said === one.told) return;
  one.telling = setTimeout(() => {
    one.told = said;
    one.say(said || one.words.mended);
  }, SAID_AFTER);
}

// Makes the text another one, as if the reader had typed what is new in it: Ctrl+Z takes it back.
export function change(one, next) {
  if (!next) return;
  const { field } = one;
  const [from, end, fresh] = difference(field.value, next.text);
  one.quiet = true;
  field.focus();
  if (from !== end || from !== fresh) {
    field.setSelectionRange(from, end);
    const put = next.text.slice(from, fresh);
    const known = put ? document.execCommand("insertText", false, put) : document.execCommand("delete");
    if (!known || field.value !== next.text) {
      field.value = next.text;
      onInput(one, {});
    }
  }
  field.setSelectionRange(next.start, next.end);
  one.quiet = false;
  reveal(one, next.end);
  showCaret(one);
}

// Scrolls so that a place of the text can be seen.
export function reveal({ paint, sheet, text, gutter }, place) {
  const box = paint.at(placeOf(text, place));
  const frame = sheet.getBoundingClientRect();
  const left = frame.left + gutter.offsetWidth;
  if (box.top < frame.top + 4) sheet.scrollTop -= frame.top + 4 - box.top;
  else if (box.bottom > frame.bottom - 16) sheet.scrollTop += box.bottom - frame.bottom + 16;
  if (box.left < left + 8) sheet.scrollLeft -= left + 8 - box.left;
  else if (box.left > frame.right - 24) sheet.scrollLeft += box.left - frame.right + 24;
}
