// A session ends after a while without a request. It is told before, so that it can go on (WCAG 2.2.1); when it ends, the
// page makes way for the login, so that no face stays on the screen. What was typed and not sent yet stays in this tab
// alone, for whoever typed it, until it is sent or they log out.

const dialog = document.querySelector("[data-session]");
const who = dialog?.dataset.who;
const ASKED = "netra-asked";
const KEPT = "netra-isian:";
const WARNED_MS = 2 * 60 * 1000;
const LOOK_MS = 5000;

const stored = (place, act) => { try { return act(place()); } catch { return null; } }; // private windows may keep nothing
const tab = (act) => stored(() => sessionStorage, act);
const browser = (act) => stored(() => localStorage, act);

// --- the end of the session: requests of other tabs count too ---------------------------------------------------------
if (dialog) {
  const idle = Number(dialog.dataset.session) * 1000;
  let mine = 0;
  const asked = () => {
    mine = Date.now();
    browser((place) => place.setItem(ASKED, String(mine)));
  };
  const last = () => Math.max(mine, Math.min(Number(browser((place) => place.getItem(ASKED))) || 0, Date.now()));
  const leave = () => location.assign(`/masuk?${new URLSearchParams({ ke: dialog.dataset.here, pesan: "sesi-berakhir" })}`);
  asked();
  setInterval(() => {
    const left = last() + idle - Date.now();
    if (left <= 0) leave();
    else if (left > WARNED_MS) dialog.close();
    else if (!dialog.open) dialog.showModal();
  }, LOOK_MS);
  dialog.querySelector("[data-stay]").addEventListener("click", async () => {
    const answer = await fetch("/sesi.json", { cache: "no-store" }).catch(() => null);
    if (answer?.redirected) leave();
    if (!answer?.ok) return;
    asked();
    dialog.close();
  });
}

// --- what was typed ---------------------------------------------------------------------------------------------------
const kept = () => tab((place) => Object.keys(place).filter((key) => key.startsWith(KEPT))) ?? [];
const forget = (...keys) => tab((place) => keys.forEach((key) => place.removeItem(key)));
const keyOf = (name) => `${KEPT}${who}:${name}`;
const fieldsOf = (form) => [...form.elements].filter((each) => each.name && each.type !== "hidden" && each.type !== "file");
const ticks = (field) => field.type === "radio" || field.type === "checkbox";

function restore(form, values) {
  for (const field of fieldsOf(form)) {
    if (ticks(field)) field.checked = values.includes(`${field.name}=${field.value}`);
    else field.value = values.find((one) => one.startsWith(`${field.name}=`))?.slice(field.name.length + 1) ?? field.value;
  }
  form.dispatchEvent(new Event("change"));
  for (const told of form.querySelectorAll("[data-restored]")) told.hidden = false;
}

function save(form) {
  const values = fieldsOf(form)
    .filter((field) => (ticks(field) ? field.checked : true))
    .map((field) => `${field.name}=${field.value}`);
  tab((place) => place.setItem(keyOf(form.dataset.keep), JSON.stringify(values)));
}

if (who) {
  forget(...kept().filter((key) => !key.startsWith(keyOf("")))); // somebody else's
  for (const sent of document.querySelectorAll("[data-forget]")) forget(...sent.dataset.forget.split(" ").map(keyOf));
  document.querySelector("form[action='/keluar']")?.addEventListener("submit", () => forget(...kept()));
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const values = tab((place) => JSON.parse(place.getItem(keyOf(form.dataset.keep))));
    if (Array.isArray(values) && values.every((one) => typeof one === "string")) restore(form, values);
    for (const event of ["input", "change"]) {
      document.addEventListener(event, ({ target }) => { if (target.form === form) save(form); });
    }
  }
}
