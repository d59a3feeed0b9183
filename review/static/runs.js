// A page with [data-refresh="seconds"] takes that element anew from its own address while something is going on there.
// It stops when the answer has no such mark any more, when nobody looks, and after ten minutes: an open page must not
// keep a session alive. The page's plain link does the same by hand.

const LONGEST_MS = 10 * 60 * 1000;
const began = Date.now();

async function refresh(part) {
  if (document.hidden) return part;
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  } catch {
    return part; // the page's program may be starting again
  }
  if (answer.redirected) { location.reload(); return null; } // logged out
  if (!answer.ok) return part;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh) return null;
  if (fresh.innerHTML === part.innerHTML && fresh.hasAttribute("data-refresh")) return part;
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  part.replaceWith(fresh);
  fresh.querySelectorAll("details").forEach((each, place) => { each.open = open[place] ?? each.open; });
  if (focused) [...fresh.querySelectorAll("a[href]")].find((each) => each.getAttribute("href") === focused)?.focus();
  return fresh.hasAttribute("data-refresh") ? fresh : null;
}

for (const first of document.querySelectorAll("[data-refresh][id]")) {
  const seconds = Math.max(2, Number(first.dataset.refresh) || 5);
  let part = first;
  const next = async () => {
    part = await refresh(part);
    if (part && Date.now() - began < LONGEST_MS) setTimeout(next, seconds * 1000);
  };
  setTimeout(next, seconds * 1000);
}
