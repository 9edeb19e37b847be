// The courier: carries the editor's questions to Python and the answers back. It shows nothing.

let latest = null;
const tell = () => latest && dispatchEvent(new CustomEvent("kg-editor-courier", { detail: latest }));

export default function ({ data, setTriggerValue }) {
  if (!latest) addEventListener("kg-editor-ready", tell);
  latest = { data, send: (questions) => setTriggerValue("ask", questions) };
  tell();
  return () => {
    latest = null;
    removeEventListener("kg-editor-ready", tell);
  };
}
