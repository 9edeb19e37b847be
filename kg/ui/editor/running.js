// Running a query, which is putting it into the address; formatting it; and finding the text of a long address again.

export async function run(one) {
  const text = one.field.value.toWellFormed ? one.field.value.toWellFormed() : one.field.value;
  const { address } = one.data;
  clearTimeout(one.rest);
  one.popup.close();
  one.ran = text;
  keepQuery(text);
  keepDraft(one.base, one.base);
  if (text === one.base && address) {
    goTo(isHere(address) ? location.search : searchFor(Object.fromEntries(new URLSearchParams(address)), one.lang), one.packed);
  } else if (isLong(text)) await carry(one, text, await pack(text));
  else goTo(searchFor({ query: text }, one.lang));
  if (!one.marks.length) one.rest = setTimeout(() => look(one, false), PAUSE);
}

// A long text is handed over first; the page is run once Python says under which id it keeps it.
async function carry(one, text, packed) {
  one.carrying = { n: nextNumber(), packed };
  ask(one, "carry", { n: one.carrying.n, text });
}

export function onCarried(one, { n, id }) {
  if (!one.carrying || one.carrying.n !== n) return;
  const { packed } = one.carrying;
  one.carrying = null;
  if (!id) return one.note(one.words.too_long);
  one.packed = packed;
  goTo(searchFor({ long: id }, one.lang), packed);
}

// The server does not know the text of this address (it was started anew, or the link comes from elsewhere).
export async function recover(one, id) {
  one.missing = id;
  try {
    const packed = carriedHere();
    const text = await unpack(packed);
    if (!packed || !text || !one.root.isConnected) throw new Error("nothing is carried");
    one.ran = text;
    setText(one, text);
    await carry(one, text, packed);
  } catch {
    one.note(one.words.lost);
  }
}

// Streamlit leaves out what stands behind the # sign when Python changes the address: it is put back.
export async function keepPacked(one) {
  const id = longId();
  if (!id || one.data.missing || one.carrying) return;
  const { base } = one;
  if (one.packedOf !== base) {
    one.packedOf = base;
    one.packed = base && isLong(base) ? await pack(base) : "";
  }
  if (one.packed && one.base === base && longId() === id) putBehind(one.packed);
}

export function format(one) {
  one.formatting = { n: nextNumber(), text: one.field.value };
  ask(one, "format", one.formatting);
}

export function onFormatted(one, { n, text, done }) {
  const { formatting, field } = one;
  if (!formatting || formatting.n !== n || formatting.text !== field.value) return;
  one.formatting = null;
  if (!done) return one.say(one.words.unformatted, true);
  const caret = sameSign(field.value, field.selectionEnd, text);
  change(one, { text, start: caret, end: caret });
  one.say(one.words.formatted);
}
