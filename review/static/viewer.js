// A photo to look at closely: wheel, drag, pinch, double click, buttons and keys; what was drawn on it comes and goes.
// The svg shows a part of the photo, its viewBox; so lines stay thin and positions are pixels of the full photo.

const CLOSEST = 16;
const STEP = 1.35;
const PAN = 0.15;

export class Viewer {
  constructor(figure) {
    this.figure = figure;
    this.frame = figure.querySelector("[data-frame]");
    this.svg = figure.querySelector("svg");
    const whole = this.svg.viewBox.baseVal;
    this.width = whole.width;
    this.height = whole.height;
    this.pointers = new Map();
    this.drawing = null; // what takes the pointer instead of panning
    this.zoom = 1;
    this.middle = { x: this.width / 2, y: this.height / 2 };
    new ResizeObserver(() => this.show()).observe(this.frame);
    this.listen();
    this.show();
  }

  // Photo pixels per CSS pixel when the whole photo is seen.
  get fitted() {
    const { clientWidth, clientHeight } = this.frame;
    return Math.max(this.width / Math.max(clientWidth, 1), this.height / Math.max(clientHeight, 1));
  }

  get unit() { return this.fitted / this.zoom; }

  get view() {
    const width = this.frame.clientWidth * this.unit;
    const height = this.frame.clientHeight * this.unit;
    return { x: this.middle.x - width / 2, y: this.middle.y - height / 2, width, height };
  }

  show() {
    const { clientWidth, clientHeight } = this.frame;
    if (!clientWidth || !clientHeight) return;
    const within = (value, length, seen) => (seen >= length ? length / 2 : Math.min(Math.max(value, seen / 2), length - seen / 2));
    this.middle.x = within(this.middle.x, this.width, clientWidth * this.unit);
    this.middle.y = within(this.middle.y, this.height, clientHeight * this.unit);
    const { x, y, width, height } = this.view;
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.svg.style.setProperty("--unit", `${this.unit}px`);
    this.figure.classList.toggle("closer", this.zoom > 1.01);
  }

  // The photo's pixel under a pointer.
  at(event) {
    const edge = this.frame.getBoundingClientRect();
    const { x, y } = this.view;
    return {
      x: x + (event.clientX - edge.left - this.frame.clientLeft) * this.unit,
      y: y + (event.clientY - edge.top - this.frame.clientTop) * this.unit,
    };
  }

  zoomBy(factor, around = { ...this.middle }) {
    const before = this.unit;
    this.zoom = Math.min(Math.max(this.zoom * factor, 1), CLOSEST);
    const share = this.unit / before;
    this.middle.x = around.x + (this.middle.x - around.x) * share;
    this.middle.y = around.y + (this.middle.y - around.y) * share;
    this.show();
  }

  whole() {
    this.zoom = 1;
    this.show();
  }

  // Show a box with room around it.
  lookAt(x, y, width, height) {
    const room = 1.8;
    const { clientWidth, clientHeight } = this.frame;
    const unit = Math.max((width * room) / clientWidth, (height * room) / clientHeight);
    this.zoom = Math.min(Math.max(this.fitted / unit, 1), CLOSEST);
    this.middle = { x: x + width / 2, y: y + height / 2 };
    this.show();
  }

  pan(right, down) {
    const { width, height } = this.view;
    this.middle.x += right * width;
    this.middle.y += down * height;
    this.show();
  }

  listen() {
    const { frame } = this;
    frame.addEventListener("wheel", (event) => {
      if (event.ctrlKey || (event.deltaY > 0 && this.zoom <= 1)) return; // the page scrolls on
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), this.at(event));
    }, { passive: false });
    frame.addEventListener("dblclick", (event) => {
      if (!this.drawing) this.zoomBy(STEP * STEP, this.at(event));
    });
    frame.addEventListener("touchmove", (event) => {
      if (event.touches.length > 1 || this.zoom > 1 || this.drawing) event.preventDefault();
    }, { passive: false });
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (this.drawing) {
        this.drawing.begin(event);
        return;
      }
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (event.pointerType === "mouse") frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      frame.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
    }
    frame.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] }[event.key];
      if (!way || event.target !== frame || this.zoom <= 1 || event.defaultPrevented || this.drawing) return;
      event.preventDefault();
      this.pan(...way);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "=") this.figure.querySelector("[data-closer]")?.click(); // + without the shift key
    });
    this.on("[data-closer]", () => this.zoomBy(STEP));
    this.on("[data-farther]", () => this.zoomBy(1 / STEP));
    this.on("[data-whole]", () => this.whole());
    this.on("[data-drawn]", (button) => {
      const hidden = this.figure.classList.toggle("plain");
      button.setAttribute("aria-pressed", String(!hidden));
    });
    for (const button of document.querySelectorAll("[data-look]")) {
      button.addEventListener("click", () => {
        this.lookAt(...button.dataset.look.split(" ").map(Number));
        this.figure.scrollIntoView({ block: "nearest" });
      });
    }
    const picture = this.svg.querySelector("image");
    picture?.addEventListener("error", () => this.figure.classList.add("lost"));
  }

  on(selector, act) {
    for (const button of this.figure.querySelectorAll(selector)) {
      button.addEventListener("click", () => act(button));
    }
  }

  moved(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (this.pointers.size === 1) {
      if (this.zoom <= 1) return;
      this.middle.x -= (now.x - before.x) * this.unit;
      this.middle.y -= (now.y - before.y) * this.unit;
      this.show();
    } else {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const far = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
      const between = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
      this.zoomBy(far(now) / far(before), this.at(between));
    }
    this.pointers.set(event.pointerId, now);
  }
}
