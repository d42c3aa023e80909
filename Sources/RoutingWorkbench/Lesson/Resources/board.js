/* Networks as papers draw them: boxes of switches, wires, and the path of each element in its colour. */

/* The namespace of the drawings that stand in the page; no address need be written for it. */
const SVG = document.querySelector("svg").namespaceURI;

/* An SVG element with attributes, in a parent. */
function drawn(name, attributes, parent, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent?.append(node);
  return node;
}

/* The hue of an element among `count`, in degrees; neighbours are far apart. */
function hue(element, count) {
  const step = { 4: 1, 8: 3, 16: 5 }[count] ?? 1;
  return 25 + (360 * ((element * step) % count)) / count;
}

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

class Board {
  /*
    - host: the HTML element that the drawing stands in.
    - label: what it is called.
    - toggle: called with column and number of a switch that the reader presses; without it switches are no buttons.
    - outputs: whether the outputs tell what they get and should get.
  */
  constructor(host, { label, toggle = null, outputs = false }) {
    Object.assign(this, { host, label, toggle, outputs, wiring: null, followed: null, column: 0, number: 0 });
    host.classList.add("board");
    new ResizeObserver(() => this.keepInReach()).observe(host);
  }

  // Geometry, in units of the drawing.

  get pitch() { return this.wiring.count <= 8 ? 30 : 24; }
  get box() { return this.wiring.count <= 8 ? 34 : 28; }
  get gap() { return 52 + (this.wiring.form === "omega" ? 2 : 1) * this.wiring.count * 0.6; }
  get left() { return 44; }
  get top() { return 40; }
  get tail() { return this.wiring.form === "omega" ? this.gap : 24; }
  get width() {
    return this.left + this.wiring.columns * (this.box + this.gap) - this.gap + this.tail + (this.outputs ? 112 : 34);
  }

  get height() { return this.top + this.pitch * (this.wiring.count - 0.3); }
  x(column) { return this.left + column * (this.box + this.gap); }
  y(position) { return this.top + this.pitch * position; }
  get end() { return this.x(this.wiring.columns - 1) + this.box + this.tail; }

  /* Where the wire behind a column ends. */
  wireEnd(position, column) {
    const last = column === this.wiring.columns - 1;
    return [last ? this.end : this.x(column + 1), this.y(this.wiring.next(position, column))];
  }

  // Building

  /* Draws a network; its switches and elements come with `update`. */
  build(wiring) {
    this.wiring = wiring;
    this.column = Math.min(this.column, wiring.columns - 1);
    this.number = Math.min(this.number, wiring.count / 2 - 1);
    const { width, height } = this;
    this.svg = drawn("svg", {
      viewBox: `0 0 ${width.toFixed(1)} ${height.toFixed(1)}`,
      role: this.toggle ? "group" : "img",
      "aria-label": this.label,
    });
    this.svg.style.width = `${width}px`;
    this.svg.style.minWidth = `${Math.min(width, wiring.count <= 8 && wiring.columns < 8 ? 290 : width * 0.72)}px`;
    this.drawHeadings();
    this.wires = [];
    const ground = drawn("g", { class: "wires", "aria-hidden": "true" }, this.svg);
    this.starts = indices(wiring.count).map((position) => (
      drawn("path", { d: `M${this.left - 16} ${this.y(position)}H${this.left}` }, ground)
    ));
    for (let column = 0; column < wiring.columns; column += 1) {
      this.wires.push(indices(wiring.count).map((position) => {
        const [x, y] = this.wireEnd(position, column);
        const line = column === wiring.columns - 1 && this.tail < 30 ? `H${x}` : `L${x} ${y}`;
        return drawn("path", { d: `M${this.x(column) + this.box} ${this.y(position)}${line}` }, ground);
      }));
    }
    this.switches = indices(wiring.columns).map((column) => (
      indices(wiring.count / 2).map((number) => this.drawSwitch(column, number))
    ));
    this.drawEnds();
    this.host.replaceChildren(this.svg);
    this.keepInReach();
    if (this.toggle) this.listen();
  }

  /* A drawing that is wider than its place scrolls by arrow keys; of buttons the focus does it. */
  keepInReach() {
    if (!this.toggle && this.host.scrollWidth > this.host.clientWidth + 1) this.host.tabIndex = 0;
    else this.host.removeAttribute("tabindex");
  }

  drawHeadings() {
    const heading = (x, text, anchor = "middle") => (
      drawn("text", { x, y: 14, class: "heading", "text-anchor": anchor, "aria-hidden": "true" }, this.svg, text)
    );
    heading(4, "in", "start");
    const name = this.wiring.count <= 8 && this.wiring.columns < 8 ? "column " : "";
    indices(this.wiring.columns).forEach((column) => heading(this.x(column) + this.box / 2, name + (column + 1)));
    if (!this.outputs) return heading(this.end + 16, "out");
    heading(this.end + 20, "gets");
    return heading(this.end + 74, "should get");
  }

  drawSwitch(column, number) {
    const group = drawn("g", { class: "switch" }, this.svg);
    const [x, y] = [this.x(column), this.y(2 * number)];
    const frame = drawn("rect", {
      x, y: y - this.pitch * 0.36, width: this.box, height: this.pitch * 1.72, rx: 5,
    }, group);
    const lines = [0, 1].map(() => drawn("path", {}, group));
    const sign = drawn("text", {
      x: x + this.box / 2, y: y + this.pitch / 2 + 5, class: "sign", "text-anchor": "middle", "aria-hidden": "true",
    }, group);
    if (this.toggle) {
      group.setAttribute("role", "button");
      group.setAttribute("tabindex", "-1");
      Object.assign(group.dataset, { column, number });
    }
    return { group, frame, lines, sign };
  }

  drawEnds() {
    const ends = drawn("g", { class: "ends", "aria-hidden": "true" }, this.svg);
    this.ins = indices(this.wiring.count).map((position) => this.drawBall(this.left - 26, this.y(position), ends));
    const column = this.end + (this.outputs ? 20 : 16);
    this.outs = indices(this.wiring.count).map((position) => this.drawBall(column, this.y(position), ends));
    this.marks = !this.outputs ? [] : indices(this.wiring.count).map((position) => ({
      mark: drawn("text", { x: this.end + 48, y: this.y(position) + 5, class: "mark", "text-anchor": "middle" }, ends),
      wanted: this.drawBall(this.end + 78, this.y(position), ends),
    }));
  }

  drawBall(x, y, parent) {
    const group = drawn("g", { class: "ball" }, parent);
    drawn("circle", { cx: x, cy: y, r: 10 }, group);
    drawn("text", { x, y: y + 4.5, "text-anchor": "middle" }, group);
    return group;
  }

  // What is shown

  /*
    - settings: false, true or null for each switch, [columns][n/2].
    - wanted: the element that each output should get.
    - flow: the elements before and behind columns, as `Wiring.follow` gives them.
    - blocked: "column/number" of switches in conflict; hot: "column/position" of wires that several elements need.
    - asked: "column/number" of the switches that a step has just set.
  */
  update({ settings, flow, wanted = null, blocked = new Set(), hot = new Set(), asked = new Set() }) {
    Object.assign(this, { settings, flow, wanted });
    const { before, behind } = flow;
    this.starts.forEach((path, position) => this.paint(path, before[0][position]));
    this.switches.forEach((column, index) => column.forEach((parts, number) => {
      const key = `${index}/${number}`;
      const pair = [before[index][2 * number], before[index][2 * number + 1]];
      this.showSwitch(parts, index, number, pair, blocked.has(key), asked.has(key));
    }));
    this.wires.forEach((wires, column) => wires.forEach((path, position) => {
      this.paint(path, behind[column][position]);
      path.classList.toggle("hot", hot.has(`${column}/${position}`));
    }));
    this.ins.forEach((ball, position) => this.showBall(ball, before[0][position]));
    this.outs.forEach((ball, position) => this.showBall(ball, before.at(-1)[position]));
    this.marks.forEach(({ mark, wanted: ball }, position) => {
      const isRight = before.at(-1)[position] === wanted[position];
      mark.textContent = isRight ? "✓" : "≠";
      mark.classList.toggle("wrong", !isRight);
      this.showBall(ball, wanted[position]);
    });
    this.follow(this.followed);
  }

  showSwitch(parts, column, number, pair, isBlocked, isAsked) {
    const crosses = this.settings[column][number];
    const exists = this.wiring.hasSwitch(number, column);
    const [x, width] = [this.x(column), this.box];
    parts.lines.forEach((path, input) => {
      const from = this.y(2 * number + input);
      const to = this.y(2 * number + (crosses ? 1 - input : input));
      path.setAttribute("d", crosses === null
        ? `M${x} ${from}h6M${x + width - 6} ${from}h6`
        : `M${x} ${from}L${x + width} ${to}`);
      this.paint(path, crosses === null ? null : pair[input]);
    });
    const { group } = parts;
    group.classList.toggle("crossed", crosses === true);
    group.classList.toggle("open", crosses === null);
    group.classList.toggle("missing", !exists);
    group.classList.toggle("blocked", isBlocked);
    group.classList.toggle("asked", isAsked);
    parts.sign.textContent = isBlocked ? "!" : crosses === null ? "?" : "";
    if (this.toggle) group.setAttribute("aria-label", this.describe(column, number, pair));
  }

  describe(column, number, pair) {
    const setting = this.settings[column][number] ? "crossed" : "straight";
    return `Switch ${switchName(number)} of column ${column + 1}: ${setting}; elements ${pair[0]} and ${pair[1]}`;
  }

  paint(path, element) {
    const isKnown = element !== null && element !== undefined;
    path.classList.toggle("flow", isKnown);
    path.dataset.element = isKnown ? element : "";
    if (isKnown) path.style.setProperty("--hue", hue(element, this.wiring.count));
  }

  showBall(ball, element) {
    this.paint(ball, element);
    ball.lastChild.textContent = element ?? "";
  }

  /* Fades all elements but one; null shows all. */
  follow(element) {
    this.followed = element;
    for (const node of this.svg.querySelectorAll("[data-element]")) {
      node.classList.toggle("dim", element !== null && node.dataset.element !== `${element}`);
    }
  }

  // Motion

  /* The corners of the way of an element, as far as it is known. */
  path(element) {
    const { before, behind } = this.flow;
    const points = [[this.left - 26, this.y(element)], [this.left, this.y(element)]];
    for (let column = 0; column < this.wiring.columns; column += 1) {
      if (before[column].indexOf(element) < 0) break;
      const out = behind[column].indexOf(element);
      if (out < 0) break;
      points.push([this.x(column) + this.box, this.y(out)], this.wireEnd(out, column));
    }
    return points;
  }

  /* Lets balls run from the inputs to the outputs; resolves at their arrival. */
  run() {
    this.stop();
    if (isCalm()) return Promise.resolve(true);
    const layer = drawn("g", { class: "ends running", "aria-hidden": "true" }, this.svg);
    const runners = indices(this.wiring.count).map((element) => {
      const ball = this.drawBall(0, 0, layer);
      this.showBall(ball, element);
      return { ball, path: this.path(element) };
    });
    const [from, to] = [this.left - 26, this.end + (this.outputs ? 20 : 16)];
    return new Promise((done) => {
      this.running = { layer, done };
      const begin = performance.now();
      const frame = (now) => {
        if (this.running?.layer !== layer) return;
        const share = Math.min(1, (now - begin) / (700 * this.wiring.columns));
        for (const { ball, path } of runners) {
          const [x, y] = Board.pointAt(path, from + share * (to - from));
          ball.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        }
        if (share < 1) requestAnimationFrame(frame);
        else this.stop(true);
      };
      requestAnimationFrame(frame);
    });
  }

  /* Ends a run; without one it does nothing. */
  stop(isArrived = false) {
    const { running } = this;
    this.running = null;
    running?.layer.remove();
    running?.done(isArrived);
  }

  static pointAt(path, x) {
    const index = path.findIndex((point) => point[0] > x);
    if (index < 1) return [Math.max(x, path.at(-1)[0]), path.at(-1)[1]];
    const [[x0, y0], [x1, y1]] = [path[index - 1], path[index]];
    return [x, y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)];
  }

  // Mouse, fingers and keys

  listen() {
    this.show(this.column, this.number, false);
    this.svg.addEventListener("click", (event) => {
      const group = event.target.closest(".switch");
      if (!group) return;
      this.show(Number(group.dataset.column), Number(group.dataset.number), true);
      this.toggle(this.column, this.number);
    });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  /* One switch is reached by Tab, the others from there by arrow keys. */
  show(column, number, hasFocus) {
    this.switches[this.column]?.[this.number]?.group.setAttribute("tabindex", "-1");
    [this.column, this.number] = [column, number];
    const { group } = this.switches[column][number];
    group.setAttribute("tabindex", "0");
    if (hasFocus) group.focus({ preventScroll: false });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [columns, switches] = [this.wiring.columns, this.wiring.count / 2];
    const moves = {
      ArrowLeft: [this.column - 1, this.number],
      ArrowRight: [this.column + 1, this.number],
      ArrowUp: [this.column, this.number - 1],
      ArrowDown: [this.column, this.number + 1],
      Home: [0, this.number],
      End: [columns - 1, this.number],
    };
    if (event.key === "Enter" || event.key === " ") this.toggle(this.column, this.number);
    else if (moves[event.key]) {
      const [column, number] = moves[event.key];
      this.show(Math.max(0, Math.min(columns - 1, column)), Math.max(0, Math.min(switches - 1, number)), true);
    } else return;
    event.preventDefault();
  }
}
