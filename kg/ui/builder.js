// Long menus of the builder: what is typed filters them, arrows walk through them, none reaches beyond the window.

let mounted = 0;

export default function () {
  if (!mounted) {
    document.addEventListener("input", onInput);
    document.addEventListener("keydown", onKey);
    document.addEventListener("toggle", onToggle, true); // it does not bubble
  }
  mounted += 1;
  return () => {
    mounted -= 1;
    if (mounted) return;
    document.removeEventListener("input", onInput);
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("toggle", onToggle, true);
  };
}

const rowsOf = (nav) => [...nav.querySelectorAll("a.pick")];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Every word that is typed must stand in a line's name; heads without lines go.
function onInput({ target }) {
  if (!target.matches(".build .filter")) return;
  const nav = target.closest("nav");
  const words = fold(target.value).split(/\s+/).filter(Boolean);
  for (const row of rowsOf(nav)) {
    const name = fold(row.querySelector(".name").textContent);
    row.hidden = !words.every((word) => name.includes(word));
  }
  for (const part of nav.querySelectorAll("section")) part.hidden = !part.querySelector("a.pick:not([hidden])");
  nav.querySelector(".none").hidden = rowsOf(nav).some((row) => !row.hidden);
}

function onKey(event) {
  const menu = event.target.closest && event.target.closest(".build details.menu");
  if (!menu || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key, target } = event;
  if (!["ArrowDown", "ArrowUp", "Enter", "Escape"].includes(key)) return;
  const rows = rowsOf(menu).filter((row) => !row.hidden);
  const place = rows.indexOf(target);
  const filter = menu.querySelector(".filter");
  if (key === "Escape") {
    // The page closes menus at this key; here the focus goes back to what opened it.
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (key === "Enter") {
    if (target !== filter || !rows.length || !filter.value.trim()) return;
    rows[0].click();
  } else if (key === "ArrowDown") {
    menu.open = true;
    (rows[place + 1] || rows[rows.length - 1] || target).focus();
  } else if (place >= 0) {
    (rows[place - 1] || filter || menu.querySelector("summary")).focus();
  } else return;
  event.preventDefault();
}

// Where there is a mouse one can type at once; a touch keyboard would cover the list.
function onToggle({ target }) {
  if (!target.matches(".build details.menu") || !target.open) return;
  const nav = target.querySelector("nav");
  const over = getComputedStyle(target).position !== "static"; // on a phone it is as wide as the page
  nav.style.left = nav.style.width = "";
  if (over) nav.style.width = `${nav.getBoundingClientRect().width}px`; // it stays so while it is filtered
  const beyond = nav.getBoundingClientRect().right - document.documentElement.clientWidth + 12;
  if (beyond > 0 && over) nav.style.left = `${-beyond}px`;
  const filter = nav.querySelector(".filter");
  if (filter && matchMedia("(hover: hover)").matches) filter.focus();
}
