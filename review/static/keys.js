// Keys: an element with data-key is clicked (or, if one types into it, focused) by that key.
// Arrows move the focus between the [data-row] of a [data-rows]; they never press anything.
// One-letter keys can be switched off (WCAG 2.1.4); the choice stays in this browser.

const OFF = "netra-keys-off";
const remembered = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
let off = remembered();

const typing = (element) =>
  element.closest("input:not([type=checkbox]):not([type=radio]):not([type=submit]), select, textarea, [contenteditable]") !== null;
const seen = (element) => element.getClientRects().length > 0 && !element.disabled;

function press(element) {
  if (element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea, [tabindex='-1']")) element.focus();
  else { element.focus({ preventScroll: true }); element.click(); }
}

function move(event) {
  const here = document.activeElement?.closest("[data-rows]");
  const list = here ?? document.querySelector("[data-rows]");
  if (!list) return;
  const rows = [...list.querySelectorAll("[data-row]")].filter(seen);
  if (rows.length === 0) return;
  const now = rows.indexOf(document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = rows[now < 0 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1)];
  event.preventDefault();
  next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (typing(event.target)) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!event.target.matches("input[type=radio]")) move(event);
    return;
  }
  if (off || event.key.length !== 1 || event.repeat) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === event.key.toLowerCase() && seen(element));
  if (!wanted) return;
  event.preventDefault();
  press(wanted);
});

// What a key does, for the list: data-key-label, else the element's text without its own <kbd>.
function label(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((each) => each.remove());
  return (copy.textContent.trim() || element.getAttribute("aria-label") || element.labels?.[0]?.textContent || "").trim();
}

const dialog = document.getElementById("keys");
const list = dialog?.querySelector("[data-keys-list]");
function fill() {
  const lines = [...document.querySelectorAll("[data-key]")].filter(seen).map((each) => [each.dataset.key.toUpperCase(), label(each)]);
  if (document.querySelector("[data-rows]")) lines.unshift(["↑ ↓", list.dataset.arrows]);
  list.replaceChildren(...lines.flatMap(([key, text]) => {
    const term = document.createElement("dt");
    const mark = document.createElement("kbd");
    mark.textContent = key;
    term.append(mark);
    const said = document.createElement("dd");
    said.textContent = text;
    return [term, said];
  }));
}
document.querySelector("[data-keys-open]")?.addEventListener("click", () => { fill(); dialog.showModal(); });
const box = dialog?.querySelector("[data-keys-on]");
if (box) {
  box.checked = !off;
  box.addEventListener("change", () => {
    off = !box.checked;
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* private windows may keep nothing */ }
  });
}
