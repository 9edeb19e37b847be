// What this browser keeps: drafts for the life of the tab, the queries that were run until the reader clears them.

const DRAFTS = "kg-drafts";
const PAST = "kg-queries";
const MOST_DRAFTS = 8;
const MOST_PAST = 50;

// A browser may refuse to store anything, or be full: then nothing is kept, and nothing breaks.
function readList(store, name) {
  try {
    const found = JSON.parse(globalThis[store].getItem(name));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function writeList(store, name, list) {
  try {
    if (list.length) globalThis[store].setItem(name, JSON.stringify(list));
    else globalThis[store].removeItem(name);
  } catch {
    // it is not kept
  }
}

// The draft that was made from the text `base`; nothing where there is none.
export function findDraft(base) {
  const found = readList("sessionStorage", DRAFTS).find((draft) => draft.base === base);
  return found && found.text;
}

export function keepDraft(base, text) {
  const others = readList("sessionStorage", DRAFTS).filter((draft) => draft.base !== base);
  const fresh = text === base ? [] : [{ base, text }];
  writeList("sessionStorage", DRAFTS, [...fresh, ...others].slice(0, MOST_DRAFTS));
}

export function pastQueries() {
  return readList("localStorage", PAST).filter(({ text }) => typeof text === "string");
}

export function keepQuery(text) {
  if (!text.trim()) return;
  const others = pastQueries().filter((one) => one.text.trim() !== text.trim());
  writeList("localStorage", PAST, [{ text, at: Date.now() }, ...others].slice(0, MOST_PAST));
}

export function clearQueries() {
  writeList("localStorage", PAST, []);
}
