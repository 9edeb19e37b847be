// Links within the app change the address without a reload: Streamlit then runs the page anew, as it does for Back.

let following = 0;
let copied = ""; // what is said once something was copied

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  copied = data.copied;
  if (!following) {
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey, true); // before the search field keeps Enter to itself
    document.addEventListener("input", onSlide);
    document.addEventListener("change", onSlide);
    document.documentElement.dataset.keys = "ready"; // from here on a key does what it should
  }
  following += 1;
  return () => {
    following -= 1;
    if (following) return;
    document.removeEventListener("click", onClick);
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("input", onSlide);
    document.removeEventListener("change", onSlide);
    delete document.documentElement.dataset.keys;
  };
}

// Escape closes a menu, the list of hits, or the panel; arrows walk through the hits, Enter in the field opens the first.
function onKey(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) return onCommand(event);
  const field = target.closest(".st-key-find");
  if (field) return inSearch(event, field);
  if (key === " " && target.matches("a[role=checkbox]")) {
    event.preventDefault();
    target.click();
  }
  if (key !== "Escape" || closeMenus()) return;
  if (target.closest("input, textarea, [role=combobox], [role=listbox], [role=dialog]")) return;
  const close = document.querySelector(".st-key-panel .kicker .x");
  if (close) close.click();
}

function onClick(event) {
  closeMenus(event.target);
  const button = event.target.closest && event.target.closest("[data-copy], [data-copy-address]");
  if (button) copy(button);
  else follow(event);
}

// Ctrl or Cmd with Z undoes a step, with Shift or with Y does it again; in a field the keys are the field's. With Escape
// it stops the query that is asked, wherever one is.
function onCommand(event) {
  const key = event.key.toLowerCase();
  const stop = key === "escape" && document.querySelector("a.stop");
  if (stop) return stop.click();
  if (event.target.closest("input, textarea, [contenteditable]") || !["z", "y"].includes(key)) return;
  const step = document.querySelector(key === "y" || event.shiftKey ? ".tool.redo" : ".tool.undo");
  if (!step) return;
  event.preventDefault();
  step.click();
}

// Closes the menus that stand open, but the one around `but`; whether there was one.
function closeMenus(but) {
  const open = [...document.querySelectorAll("details.menu[open]")].filter((menu) => !menu.contains(but || null));
  for (const menu of open) menu.open = false;
  return open.length > 0;
}

// A button that copies what it carries, or the address of what is shown, and says so for a moment.
async function copy(button) {
  await write("copyAddress" in button.dataset ? location.href : button.dataset.copy);
  const note = document.body.appendChild(document.createElement("div"));
  note.className = "copied";
  note.setAttribute("role", "status");
  note.textContent = copied;
  button.classList.add("done");
  setTimeout(() => {
    note.remove();
    button.classList.remove("done");
  }, 1500);
}

// Browsers keep the clipboard from a page that came without encryption; such a page copies as one did before.
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  document.execCommand("copy");
  field.remove();
}

function inSearch(event, field) {
  const input = field.querySelector("input");
  const hits = [...field.querySelectorAll("a.hit")];
  const place = hits.indexOf(event.target.closest("a.hit"));
  if (event.key === "Escape") document.activeElement.blur();
  else if (event.key === "ArrowDown" && hits.length) hits[Math.min(place + 1, hits.length - 1)].focus();
  else if (event.key === "ArrowUp" && place >= 0) (hits[place - 1] || input).focus();
  else if (event.key === "Enter" && event.target === input) {
    // Only what was found for these very words: the list may be a moment behind.
    const list = field.querySelector(".hits");
    if (!list || list.dataset.for !== input.value.trim()) return;
    hits[0].click();
    input.blur();
  } else return;
  event.preventDefault();
}

// A plain click on a link to this app; with a modifier key, or to anywhere else, it stays a link.
function follow(event) {
  const link = event.target.closest && event.target.closest('[data-testid="stHtml"] a[href]');
  if (!link || link.target === "_blank" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  if (link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    return show(document.getElementById(link.hash.slice(1)));
  }
  const to = new URL(link.href, location.href);
  if (to.origin !== location.origin || to.pathname !== location.pathname) return;
  event.preventDefault();
  go(to, link);
}

// A place on the page; the address stays, for what stands behind its # may be a query.
function show(place) {
  if (!place) return;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

// A slider says at once where it is, and leads there once it is let go.
function onSlide({ type, target }) {
  if (!target.matches(".until input")) return;
  const text = JSON.parse(target.dataset.texts)[target.value];
  target.nextElementSibling.textContent = text;
  target.setAttribute("aria-valuetext", text);
  if (type === "change") go(new URL(JSON.parse(target.dataset.steps)[target.value], location.href), target);
}

// The page is made anew, and with it what had the focus: its successor takes it, known by the same `data-stay`.
function keepFocus({ dataset: { stay } }) {
  if (!stay) return;
  const watch = new MutationObserver(() => {
    const next = document.querySelector(`[data-stay="${stay}"]`);
    if (next && document.activeElement === document.body) next.focus();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 3000);
}

function go(to, from) {
  keepFocus(from);
  const page = (search) => new URLSearchParams(search).get("page");
  if (page(to.search) !== page(location.search)) {
    const main = document.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTo(0, 0);
  }
  history.pushState(null, "", to);
  closeMenus();
  if (from.closest(".st-key-hits")) from.blur();
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}
