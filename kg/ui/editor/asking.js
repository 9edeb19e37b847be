// What is asked of Python, and its answers: a courier, a component of its own, carries both, so that an answer is all that is sent.

const COURIER = "kg-editor-courier";
const READY = "kg-editor-ready";
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
  if (one.send) one.send(Object.fromEntries(one.pending));
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
  if (one.pending.size) one.send(Object.fromEntries(one.pending));
}
