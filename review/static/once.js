// A form that is pressed twice is sent once: the second answer would say that it is too late for what the first has done.

const AGAIN_MS = 3000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  const now = Date.now();
  if (now - Number(form.dataset.sent ?? 0) < AGAIN_MS) event.preventDefault();
  else form.dataset.sent = String(now);
});
