// The editor component: what the page wants in it is taken over once; what the reader wrote stays.

const mounted = new WeakMap(); // the editor of each place on the page
const RECENT = 2000; // ms in which an editor that Streamlit moved is the same to the reader
let left = null; // what stood in the editor that was just taken away

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".editor");
  const one = mounted.get(root) || mount(root);
  if (data) update(one, data);
  return () => requestAnimationFrame(() => root.isConnected || unmount(one));
}

function mount(root) {
  const find = (css) => root.querySelector(css);
  const one = {
    root, field: find("textarea"), sheet: find(".sheet"), gutter: find(".gutter"), faults: find(".faults"), caret: find(".caret"),
    text: "", marks: [], words: {}, base: null, list: null, asked: null, quiet: false, pending: new Map(),
  };
  const { field } = one;
  one.paint = makePaint(find(".rows"), one.gutter);
  one.popup = makePopup(find(".popup"), field, (item) => take(one, item));
  one.menus = makeMenus(root, () => one.words, (text) => change(one, { text, start: 0, end: 0 }));
  one.cures = {
    mend: (edits) => {
      change(one, withEdits(one.text, edits, Math.max(...edits.map(({ end }) => end))));
      look(one, false);
    },
    visit: (place) => change(one, { text: one.text, start: place, end: place }),
  };
  one.focused = () => root.getRootNode().activeElement === field;
  one.say = (words, seen) => say(one, words, seen);
  one.note = (words, label, act) => note(one, words, label, act);
  one.keep = () => one.base !== null && one.ran !== one.text && keepDraft(one.base, one.text);
  listen(one);
  meetCourier(one);
  mounted.set(root, one);
  return one;
}

function listen(one) {
  const { root, field } = one;
  field.addEventListener("input", (event) => onInput(one, event));
  field.addEventListener("keydown", (event) => onKey(one, event));
  for (const event of ["keyup", "click", "select"]) field.addEventListener(event, () => showCaret(one));
  field.addEventListener("click", () => one.popup.close());
  field.addEventListener("focus", () => (one.focusedLast = true));
  field.addEventListener("blur", () => {
    one.focusedLast = !root.isConnected; // taken away, not left
    one.popup.close();
  });
  field.addEventListener("compositionstart", () => (one.composing = true));
  field.addEventListener("compositionend", () => {
    one.composing = false;
    typed(one, true);
  });
  // Streamlit's own keys (R runs the page anew) see only that a key was pressed somewhere in the component.
  for (const event of ["keydown", "keyup", "keypress"]) root.addEventListener(event, (pressed) => pressed.stopPropagation());
  root.querySelector(".run").addEventListener("click", () => run(one));
  root.querySelector(".format").addEventListener("click", () => format(one));
  addEventListener("pagehide", one.keep);
  if (globalThis.navigation) {
    one.onAddress = () => keepPacked(one);
    navigation.addEventListener("currententrychange", one.onAddress);
  }
}

function unmount(one) {
  const { root, field } = one;
  delete document.documentElement.dataset.edited;
  clearTimeout(one.rest);
  clearTimeout(one.telling);
  one.keep();
  removeEventListener("pagehide", one.keep);
  leaveCourier(one);
  if (one.onAddress) navigation.removeEventListener("currententrychange", one.onAddress);
  mounted.delete(root);
  const { text, base, focusedLast: focused } = one;
  left = { text, base, focused, start: field.selectionStart, end: field.selectionEnd, at: performance.now() };
}

function update(one, data) {
  one.data = data;
  speak(one, data.words);
  if (data.missing) {
    if (one.missing !== data.missing) recover(one, data.missing);
  } else if (data.text !== one.wanted) {
    one.wanted = data.text;
    wish(one, data.text.replace(/\r\n?/g, "\n"));
  }
  tellEdited(one);
  keepPacked(one);
}

// The page wants another text: it gets it, unless the reader wrote it, or went on writing after running it.
function wish(one, text) {
  const first = one.base === null;
  const before = one.base;
  const known = text === one.ran;
  const draft = findDraft(text);
  if (!known && !first && one.text !== before && one.text !== one.ran) keepDraft(before, one.text);
  one.base = text;
  one.ran = null;
  one.note("");
  if (first && !known) return begin(one, text, draft);
  if (!known) {
    if (one.focused()) change(one, { text, start: 0, end: 0 });
    else setText(one, text);
  }
  look(one, false);
  if (draft !== undefined && draft !== one.text) one.note(one.words.kept, one.words.take_draft, () => change(one, { text: draft, start: 0, end: 0 }));
}

function begin(one, text, draft) {
  const moved = left && performance.now() - left.at < RECENT && (left.base === text || left.text === text) ? left : null;
  left = null;
  setText(one, moved ? moved.text : draft === undefined ? text : draft);
  look(one, false);
  if (moved) {
    one.field.setSelectionRange(moved.start, moved.end);
    if (moved.focused) one.field.focus({ preventScroll: true });
  } else if (draft !== undefined && draft !== text) {
    one.note(one.words.restored, one.words.take_page, () => change(one, { text, start: 0, end: 0 }));
  }
}

function setText(one, text) {
  one.field.value = text;
  one.field.setSelectionRange(0, 0);
  one.text = text;
  one.marks = [];
  one.asked = null;
  one.popup.close();
  repaint(one);
}

function speak(one, words) {
  if (one.words.lang === words.lang) return;
  if (one.base !== null) look(one, false); // what is wrong is said in the other language
  one.words = words;
  one.lang = words.lang;
  const { root, field } = one;
  for (const place of root.querySelectorAll("[data-word]")) place.textContent = words[place.dataset.word];
  if (isMac) root.querySelector(".hint").textContent = words.hint.replaceAll("Ctrl+Enter", "⌘+Enter");
  field.setAttribute("aria-label", words.label);
  root.querySelector(".popup").setAttribute("aria-label", words.items);
  root.querySelector(".keys .panel").setAttribute("aria-label", words.keys);
  const rows = keyRows(words).flatMap(([keys, does]) => [["dt", keys], ["dd", does]]);
  root.querySelector(".keys dl").replaceChildren(
    ...rows.map(([name, said]) => {
      const part = document.createElement(name);
      part.textContent = said;
      return part;
    }),
  );
  repaint(one);
}

// Said to a screen reader; `seen` shows it too, until the next key.
function say(one, words, seen) {
  one.root.querySelector(".spoken").textContent = words;
  if (seen) one.note(words);
}

function note({ root, field }, words, label, act) {
  const box = root.querySelector(".note");
  const button = box.querySelector("button");
  box.hidden = !words;
  box.querySelector("span").textContent = words;
  button.hidden = !label;
  button.textContent = label || "";
  button.onclick = () => {
    box.hidden = true;
    act();
    field.focus();
  };
}
