// Links within the app change the address without a reload: Streamlit then runs the page anew, as it does for Back.

let following = 0;

export default function () {
  if (!following) document.addEventListener("click", follow);
  following += 1;
  return () => {
    following -= 1;
    if (!following) document.removeEventListener("click", follow);
  };
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
