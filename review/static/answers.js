// Answers as radio buttons. Arrows move the focus and choose nothing (as in a toolbar's radio group, ARIA Authoring
// Practices); Space, a click or the answer's own key chooses. Enter sends from anywhere that does not use it itself.

export function carefulArrows(form) {
  form?.addEventListener("keydown", (event) => {
    if (!event.target.matches("input[type=radio]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const group = [...form.elements].filter((each) => each.name === event.target.name && each.getClientRects().length);
    group[(group.indexOf(event.target) + step + group.length) % group.length].focus();
  });
}

export function enterSends(form) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target !== document.body && !event.target.matches("main, [data-frame]")) return; // native where it is
    event.preventDefault();
    form?.requestSubmit();
  });
}
