// The two menus of the bar: queries that were run, and the keys.

export function makeMenus(root, words, choose) {
  const menus = [...root.querySelectorAll(".menu")].map((menu) => ({
    menu,
    button: menu.querySelector("button"),
    panel: menu.querySelector(".panel"),
  }));
  for (const one of menus) {
    one.button.addEventListener("click", () => {
      const open = one.panel.hidden;
      closeAll(menus);
      if (!open) return;
      if (one.menu.classList.contains("past")) fillPast(one, words(), choose, () => closeAll(menus));
      one.panel.hidden = false;
      one.button.setAttribute("aria-expanded", "true");
    });
    one.menu.addEventListener("keydown", (event) => walk(one, event, () => closeAll(menus)));
    one.menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !one.menu.contains(relatedTarget)) closeAll(menus);
    });
  }
  root.addEventListener("pointerdown", ({ target }) => target.closest(".menu") || closeAll(menus));
  return { close: () => closeAll(menus) };
}

function closeAll(menus) {
  for (const { button, panel } of menus) {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }
}

// Escape closes and goes back to the button, arrows walk through what can be chosen.
function walk({ button, panel }, event, close) {
  if (panel.hidden) return;
  const choices = [...panel.querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    close();
    button.focus();
  } else if (step && choices.length) {
    const at = choices.indexOf(panel.getRootNode().activeElement);
    choices[Math.min(choices.length - 1, Math.max(0, at + step))].focus();
  } else return;
  event.preventDefault();
}

function fillPast({ button, panel }, words, choose, close) {
  const past = pastQueries();
  if (!past.length) {
    const none = document.createElement("p");
    none.textContent = words.no_past;
    return panel.replaceChildren(none);
  }
  const when = new Intl.DateTimeFormat(words.lang, { dateStyle: "short", timeStyle: "short" });
  const lines = past.map(({ text, at }) => {
    const line = makeButton("one", () => {
      close();
      choose(text);
    });
    for (const [css, said] of [["name", titleOf(text)], ["when", when.format(at)]]) {
      const part = line.appendChild(document.createElement("span"));
      part.className = css;
      part.textContent = said;
    }
    line.title = text.slice(0, 600);
    return line;
  });
  const clear = makeButton("clear", () => {
    clearQueries();
    close();
    button.focus();
  });
  clear.textContent = words.clear_past;
  return panel.replaceChildren(...lines, clear);
}

export function makeButton(css, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = css;
  button.addEventListener("click", act);
  return button;
}
