// The list of what could stand here: arrows walk through it, Enter, Tab or a click takes one. The focus stays in the field.

export function makePopup(box, field, take) {
  const state = { box, field, take, items: [], shown: [], at: 0 };
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && !box.hasAttribute("aria-busy")) take(state.shown[Number(option.dataset.place)]);
  });
  return {
    open: (items, place) => open(state, items, place),
    narrow: (typed) => narrow(state, typed),
    close: () => close(state),
    isOpen: () => !box.hidden,
    onKey: (event) => onListKey(state, event),
  };
}

function open(state, items, place) {
  if (!items.length) return close(state);
  state.items = items;
  fill(state, items);
  state.box.hidden = false;
  state.field.setAttribute("aria-controls", state.box.id);
  stand(state, place);
  choose(state, 0);
}

function fill(state, items) {
  state.shown = items;
  state.box.removeAttribute("aria-busy");
  state.box.replaceChildren(...items.map(option));
}

// While the answer for what was just typed is on its way, the list before it is narrowed. One that has nothing left may
// have left out what is known by another name: it stays in sight, and no key is for it.
function narrow(state, typed) {
  const left = state.items.filter((item) => meets(item, typed));
  if (left.length) {
    fill(state, left);
    choose(state, 0);
  } else {
    state.box.setAttribute("aria-busy", "true");
    state.field.removeAttribute("aria-activedescendant");
  }
}

function close({ box, field }) {
  if (box.hidden) return;
  box.hidden = true;
  box.replaceChildren();
  field.removeAttribute("aria-controls");
  field.removeAttribute("aria-activedescendant");
}

function meets({ text, label }, typed) {
  const wanted = typed.toLowerCase();
  return text.toLowerCase().includes(wanted) || (label || "").toLowerCase().includes(wanted);
}

function option(item, place) {
  const line = document.createElement("div");
  line.id = `kg-item-${place}`;
  line.setAttribute("role", "option");
  line.dataset.place = place;
  for (const name of ["text", "label", "kind", "count", "detail"]) {
    if (item[name] === undefined || item[name] === null || item[name] === "") continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = name === "count" ? Number(item.count).toLocaleString() : item[name];
    line.append(part, " ");
  }
  return line;
}

// Below the word, or above it where there is no room below; never out of the editor at its sides.
function stand({ box }, { left, top, bottom }) {
  const frame = box.offsetParent.getBoundingClientRect();
  const room = innerHeight - bottom;
  const above = room < Math.min(box.offsetHeight, 180) + 8 && top > room;
  box.style.maxHeight = `${Math.max(120, Math.min(300, (above ? top : room) - 12))}px`;
  const most = Math.max(0, frame.width - box.offsetWidth - 2);
  box.style.left = `${Math.min(Math.max(0, left - frame.left - 8), most)}px`;
  box.style.top = above ? "auto" : `${bottom - frame.top + 3}px`;
  box.style.bottom = above ? `${frame.bottom - top + 3}px` : "auto";
}

function choose(state, at) {
  const { box, field, shown } = state;
  state.at = (at + shown.length) % shown.length;
  [...box.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === state.at)));
  const chosen = box.children[state.at];
  field.setAttribute("aria-activedescendant", chosen.id);
  const { offsetTop: top, offsetHeight: height } = chosen;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}

// Whether the key was for the open list.
function onListKey(state, event) {
  const { key } = event;
  if (state.box.hidden || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (state.box.hasAttribute("aria-busy") && key !== "Escape") return false;
  const page = key === "PageDown" ? 8 : key === "PageUp" ? -8 : 0;
  if (key === "ArrowDown") choose(state, state.at + 1);
  else if (key === "ArrowUp") choose(state, state.at - 1);
  else if (page) choose(state, Math.min(state.shown.length - 1, Math.max(0, state.at + page)));
  else if ((key === "Enter" || key === "Tab") && !event.shiftKey) state.take(state.shown[state.at]);
  else if (key === "Escape") close(state);
  else return false;
  return true;
}
