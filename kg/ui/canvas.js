// The canvas component: a stage on the page that stays over reruns, its events told to Python, its view in the address.

const kept = new WeakMap(); // the stage of each place on the page

// vis-network comes with a component of its own, so that its half megabyte is sent once and not at every rerun.
const whenReady = (act) => {
  if (globalThis.vis) act();
  else globalThis.addEventListener("kg-vis-ready", act, { once: true });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".canvas");
  const one = kept.get(root) || mount(root);
  one.send = (name, value) => setTriggerValue(name, value);
  one.wanted = data;
  whenReady(() => update(root, one));
  return () => requestAnimationFrame(() => root.isConnected || unmount(root, one));
}

function mount(root) {
  const one = { view: undefined, asked: "" };
  one.stage = makeStage(root, {
    pick: (kind, id) => {
      one.asked = JSON.stringify({ kind, id });
      one.send("done", { act: "pick", kind, id });
    },
    open: (id) => one.send("done", { act: "open", id }),
    move: (id, x, y) => one.send("done", { act: "move", id, x, y }),
    view: (view) => {
      one.view = view;
      keepView(one);
    },
  });
  one.onAddress = () => keepView(one);
  addEventListener("popstate", one.onAddress);
  kept.set(root, one);
  return one;
}

function unmount(root, one) {
  removeEventListener("popstate", one.onAddress);
  one.stage.close();
  kept.delete(root);
}

function update(root, one) {
  const { wanted } = one;
  if (!root.isConnected || !wanted) return;
  one.stage.speak(wanted.words);
  one.stage.show(wanted);
  const focus = JSON.stringify(wanted.focus || { kind: "nothing", id: "" });
  if (one.asked === focus) return;
  one.asked = focus;
  const { kind, id } = JSON.parse(focus);
  one.stage.focus(kind, id);
}

// The address always says where the view is, without a step in the browser's history for each movement.
function keepView({ view }) {
  const to = new URL(location.href);
  if (view === undefined || to.searchParams.get("page")) return; // until the stage says where it is, the address knows
  if (view) to.searchParams.set("at", view.join("_"));
  else to.searchParams.delete("at");
  if (to.href !== location.href) history.replaceState(history.state, "", to);
}
