// What is asked of Python, and its answers: a courier, a component of its own, carries both, so that an answer is all that is sent.

const COURIER = "kg-editor-courier";
const READY = "kg-editor-ready";
const STATE = "[data-test-script-state]"; // where Streamlit says whether it runs the page
const ANSWERS = { look: onLooked, format: onFormatted, carry: onCarried };

// The courier may come before or after the editor: whoever comes second is heard by the other.
export function meetCourier(one) {
  one.onCourier = ({ detail }) => {
    one.send = detail.send;
    hear(one, detail.data);
  };
  addEventListener(COURIER, one.onCourier);
  dispatchEvent(new Event(READY));
}

// Every question has a number, and only its own answer is heard; a later question of the same name takes its place. All
// that wait for an answer are asked together: of two messages that come while the server works it hears but the last.
export function ask(one, name, question) {
  one.pending.set(name, question);
  post(one);
}

// While the page is being run the questions wait. One that reaches Streamlit just as a run ends makes it start another
// and drop what the first sent last (told in its AppSession.request_rerun): the answer to a query was lost so.
function post(one) {
  if (!one.send || one.calm) return;
  if (!isRunning()) return one.send(Object.fromEntries(one.pending));
  one.calm = new MutationObserver(() => {
    if (isRunning()) return;
    forget(one);
    if (one.pending.size) post(one);
  });
  one.calm.observe(document.querySelector(STATE), { attributes: true });
}

function forget(one) {
  if (one.calm) one.calm.disconnect();
  one.calm = null;
}

export function leaveCourier(one) {
  forget(one);
  removeEventListener(COURIER, one.onCourier);
}

function isRunning() {
  const app = document.querySelector(STATE);
  return Boolean(app) && /run|request/i.test(app.dataset.testScriptState.replace("notRunning", ""));
}

function hear(one, data) {
  for (const [name, answer] of Object.entries(ANSWERS)) {
    const question = one.pending.get(name);
    if (!question || !data[name] || data[name].n !== question.n) continue;
    one.pending.delete(name);
    answer(one, data[name]);
  }
  // A run of the whole page may have swallowed what was asked just before.
  if (data.run === one.heardRun) return;
  one.heardRun = data.run;
  if (one.pending.size) post(one);
}
