// The keys of the field. Tab moves the focus on unless the list is open: nobody is held here.

export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export function onKey(one, event) {
  if (event.isComposing || event.keyCode === 229) return;
  const taken = one.popup.onKey(event) || act(one, event);
  if (taken) event.preventDefault();
}

function act(one, event) {
  const { key, code, shiftKey: shift, altKey: alt } = event;
  const command = event.ctrlKey || event.metaKey;
  const edit = (make, ...more) => {
    const next = make(selection(one), ...more);
    if (next) change(one, next);
    return Boolean(next);
  };
  if (key === "Escape") return command ? stop() : leave(one);
  if (command && key === "Enter") return run(one), true;
  if ((event.ctrlKey && code === "Space") || (alt && !command && code === "Slash")) return look(one, true, true), true;
  if (code === "KeyF" && shift && command !== alt) return format(one), true;
  if (command && !alt && (key === "]" || code === "BracketRight")) return edit(indent), true;
  if (command && !alt && (key === "[" || code === "BracketLeft")) return edit(outdent), true;
  if (command && !alt && (key === "/" || code === "Slash")) return edit(toggleComment), true;
  if (command || alt) return false;
  if (key === "Enter" && !shift) return edit(newLine);
  return key === "}" && edit(closeBracket, key);
}

const selection = ({ field }) => ({ text: field.value, start: field.selectionStart, end: field.selectionEnd });

function leave(one) {
  one.field.blur();
  return true;
}

// The page has a link that stops a query while one runs.
function stop() {
  const link = document.querySelector("a.stop");
  if (link) link.click();
  return Boolean(link);
}

// Every key with what it does, for the list of keys.
export function keyRows(words) {
  const control = isMac ? "⌘" : "Ctrl";
  return [
    [`${control}+Enter`, words.key_run],
    [`${control}+Esc`, words.key_stop],
    [`Ctrl+${words.space} / Alt+/`, words.key_complete],
    [`↑ ↓ Enter Tab Esc`, words.key_list],
    [`${control}+Shift+F / Alt+Shift+F`, words.key_format],
    [`${control}+/`, words.key_comment],
    [`${control}+] / ${control}+[`, words.key_indent],
    [`${control}+Z / ${control}+Shift+Z`, words.key_undo],
    ["Tab", words.key_tab],
    ["Esc", words.key_leave],
  ];
}
