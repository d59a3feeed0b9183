// Marks on the photo: a box that is drawn with the mouse or a finger, or moved with the arrow keys. The form's numbers
// always say where it is, and can be typed instead.

const SVG = "http://www.w3.org/2000/svg";
const FIRST = 0.25; // of the view, for a box that is set down
const LEAST = 4;

export class Drawing {
  constructor(viewer, panel) {
    this.viewer = viewer;
    this.panel = panel;
    this.form = panel.querySelector("form");
    this.box = document.createElementNS(SVG, "rect");
    this.box.setAttribute("class", "draft");
    this.start = null;
    panel.addEventListener("toggle", () => this.toggle());
    panel.querySelector("[data-place]").addEventListener("click", () => {
      const { x, y, width, height } = viewer.view;
      this.setAround(x + width / 2, y + height / 2);
      viewer.frame.focus();
    });
    for (const name of ["x", "y", "width", "height"]) {
      this.form.elements[name].addEventListener("input", () => this.show());
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open || document.querySelector("dialog[open]")) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
    viewer.frame.addEventListener("keydown", (event) => this.key(event));
    viewer.frame.addEventListener("pointermove", (event) => this.moved(event));
    viewer.frame.addEventListener("pointerup", (event) => this.end(event));
    viewer.frame.addEventListener("pointercancel", () => { this.start = null; });
  }

  toggle() {
    this.viewer.drawing = this.panel.open ? this : null;
    this.viewer.figure.classList.toggle("drawing", this.panel.open);
    if (this.panel.open) {
      this.viewer.svg.append(this.box);
      this.show();
      (this.follows ? this.panel : this.viewer.figure).scrollIntoView({ block: this.follows ? "start" : "nearest" });
    } else {
      this.box.remove();
    }
  }

  // Where the photo stays in view, its form stands beside it; on a telephone one comes after the other.
  get follows() { return getComputedStyle(this.viewer.figure.parentElement).position === "sticky"; }

  get numbers() {
    const read = (name) => Number.parseFloat(this.form.elements[name].value.replace(",", "."));
    const [x, y, width, height] = ["x", "y", "width", "height"].map(read);
    return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
  }

  set(x, y, width, height) {
    const { viewer } = this;
    const wide = Math.min(Math.max(width, LEAST), viewer.width);
    const high = Math.min(Math.max(height, LEAST), viewer.height);
    const left = Math.min(Math.max(x, 0), viewer.width - wide);
    const top = Math.min(Math.max(y, 0), viewer.height - high);
    const down = (value) => String(Math.floor(value * 10) / 10); // never over the edge by rounding
    const { elements } = this.form;
    elements.x.value = down(left);
    elements.y.value = down(top);
    elements.width.value = down(wide);
    elements.height.value = down(high);
    this.show();
  }

  setAround(x, y) {
    const { width, height } = this.viewer.view;
    const side = Math.min(width, height, this.viewer.width, this.viewer.height) * FIRST;
    this.set(x - side / 2, y - side / 2, side, side);
  }

  show() {
    const numbers = this.numbers;
    this.box.toggleAttribute("hidden", !numbers);
    if (!numbers) return;
    for (const [name, value] of Object.entries(numbers)) this.box.setAttribute(name, String(Math.max(value, 0)));
  }

  begin(event) {
    this.start = this.viewer.at(event);
    this.viewer.frame.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.viewer.frame.focus({ preventScroll: true });
  }

  moved(event) {
    if (!this.start) return;
    const inside = (point) => ({
      x: Math.min(Math.max(point.x, 0), this.viewer.width),
      y: Math.min(Math.max(point.y, 0), this.viewer.height),
    });
    const from = inside(this.start);
    const to = inside(this.viewer.at(event));
    this.set(Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  }

  end(event) {
    if (!this.start) return;
    const now = this.viewer.at(event);
    const far = Math.hypot(now.x - this.start.x, now.y - this.start.y) / this.viewer.unit;
    if (far < 5) this.setAround(now.x, now.y); // a press, not a drag
    this.start = null;
    if (!this.follows) this.panel.scrollIntoView({ block: "start" });
  }

  key(event) {
    if (!this.panel.open || event.ctrlKey || event.altKey || event.metaKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const box = this.numbers;
    if (!way || !box) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const step = 4 * this.viewer.unit;
    const [right, down] = way.map((value) => value * step);
    if (event.shiftKey) this.set(box.x, box.y, box.width + right, box.height + down);
    else this.set(box.x + right, box.y + down, box.width, box.height);
  }
}
