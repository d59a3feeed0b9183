// Small pictures open large in the same window; Esc or a click closes them. Without this they are plain links.

export function largePictures() {
  const dialog = document.querySelector("[data-large]");
  if (!dialog) return;
  const place = dialog.querySelector("[data-picture]");
  for (const link of document.querySelectorAll("a[data-open]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      place.replaceChildren(link.querySelector("img").cloneNode());
      dialog.showModal();
    });
  }
  dialog.addEventListener("click", (event) => { if (event.target !== dialog.querySelector("button")) dialog.close(); });
}
