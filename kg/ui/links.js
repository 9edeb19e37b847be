// Links within the app change the address without a reload: Streamlit then runs the page anew, as it does for Back.

let following = 0;

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  if (!following) {
    document.addEventListener("click", follow);
    document.addEventListener("keydown", onKey, true); // before the search field keeps Enter to itself
    document.documentElement.dataset.keys = "ready"; // from here on a key does what it should
  }
  following += 1;
  return () => {
    following -= 1;
    if (following) return;
    document.removeEventListener("click", follow);
    document.removeEventListener("keydown", onKey, true);
    delete document.documentElement.dataset.keys;
  };
}

// Escape closes the list of hits, then the panel; arrows walk through the hits, Enter in the field opens the first.
function onKey(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = target.closest(".st-key-find");
  if (field) inSearch(event, field);
  else if (key === "Escape" && !target.closest("input, textarea, [role=combobox], [role=listbox], [role=dialog]")) {
    const close = document.querySelector(".st-key-panel .kicker .x");
    if (close) close.click();
  }
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
  const to = new URL(link.href, location.href);
  if (to.origin !== location.origin || to.pathname !== location.pathname) return;
  event.preventDefault();
  const page = (search) => new URLSearchParams(search).get("page");
  if (page(to.search) !== page(location.search)) {
    const main = document.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTo(0, 0);
  }
  history.pushState(null, "", to);
  if (link.closest(".st-key-hits")) link.blur();
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}
