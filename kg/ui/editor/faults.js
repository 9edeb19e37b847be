// The line below the field: what is wrong where, each with the buttons that mend it; or where the caret stands.

const MOST_FAULTS = 4;

// `mend` is called with the edits of a cure, `visit` with the place of a fault.
export function showFaults(box, text, marks, words, { mend, visit }) {
  const looks = JSON.stringify([marks, words.lang, marks.map(({ start }) => lineOf(text, start))]);
  if (box.dataset.looks === looks) return;
  box.dataset.looks = looks;
  box.replaceChildren(
    ...marks.slice(0, MOST_FAULTS).map((mark) => {
      const line = document.createElement("div");
      line.className = "wrong";
      const place = makeButton("place", () => visit(mark.start));
      place.textContent = words.line.replace("{line}", lineOf(text, mark.start));
      const said = document.createElement("span");
      said.textContent = mark.message;
      line.append(place, said, ...mark.cures.map((cure) => cureButton(cure, mend)));
      return line;
    }),
  );
  if (marks.length > MOST_FAULTS) {
    const more = box.appendChild(document.createElement("div"));
    more.className = "wrong";
    more.textContent = words.more.replace("{count}", marks.length - MOST_FAULTS);
  }
}

function cureButton({ label, edits }, mend) {
  const button = makeButton("cure", () => mend(edits));
  button.textContent = label;
  return button;
}

// Marks after the text around them changed: those before stay, those behind move, those within go.
export function moveMarks(marks, before, after) {
  if (!marks.length) return marks;
  const [from, end, fresh] = difference(before, after);
  const step = fresh - end;
  const move = (place) => (place >= end ? place + step : place);
  return marks
    .filter((mark) => mark.end <= from || mark.start >= end)
    .map((mark) => ({
      ...mark,
      start: move(mark.start),
      end: move(mark.end),
      cures: mark.cures
        .filter(({ edits }) => edits.every((edit) => edit.end <= from || edit.start >= end))
        .map(({ label, edits }) => ({
          label,
          edits: edits.map((edit) => ({ ...edit, start: move(edit.start), end: move(edit.end) })),
        })),
    }));
}
