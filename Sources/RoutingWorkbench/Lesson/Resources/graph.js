/*
  The constraint graph of a network within the network: its elements are lines from inputs to outputs. An arc joins two
  inputs, or two outputs, of one switch; the lines at its ends must have different colours, one for the upper way and one
  for the lower way.
*/

const WAYS = ["upper", "lower"];

class ConstraintGraph {
  constructor(host) {
    this.host = host;
    host.classList.add("graph");
  }

  /*
    - part: as `Looping` has it.
    - ways: of the element at each of its inputs 0, 1, or null where it is open.
    - current: inputs of the elements that the last step is about.
    - columns: the numbers of its first and last column, from 1.
  */
  show({ part, ways, current, columns }) {
    const count = part.targets.length;
    const pitch = count <= 8 ? 30 : 24;
    const [left, right, top] = [92, 248, 40];
    const y = (place) => top + pitch * place;
    const svg = drawn("svg", {
      viewBox: `0 0 340 ${top + pitch * (count - 0.3)}`, role: "img", "aria-label": ConstraintGraph.words(part, ways),
    });
    const heading = (x, text) => drawn("text", { x, y: 14, class: "heading", "text-anchor": "middle" }, svg, text);
    heading(left - 14, `column ${columns[0]}`);
    heading(right + 14, `column ${columns[1]}`);
    this.arcs(svg, part, { x: left - 12, side: -1, y, pitch });
    this.arcs(svg, part, { x: right + 12, side: 1, y, pitch });
    const sources = inverse(part.targets);
    const order = indices(count).sort((one, other) => current.includes(one) - current.includes(other));
    for (const input of order) {
      const line = drawn("path", { d: `M${left} ${y(input)}L${right} ${y(part.targets[input])}` }, svg);
      line.setAttribute("class", ConstraintGraph.classes("element", ways[input], current.includes(input)));
    }
    for (let place = 0; place < count; place += 1) {
      this.node(svg, left, y(place), part.elements[place], ways[place], current.includes(place));
      const input = sources[place];
      this.node(svg, right, y(place), part.elements[input], ways[input], current.includes(input));
    }
    this.host.replaceChildren(svg);
  }

  static classes(name, way, isCurrent) {
    return `${name} ${way === null ? "open" : WAYS[way]}${isCurrent ? " current" : ""}`;
  }

  arcs(svg, part, { x, side, y, pitch }) {
    for (let place = 0; place < part.targets.length; place += 2) {
      const far = x + side * 16;
      drawn("path", { class: "arc", d: `M${x} ${y(place)}C${far} ${y(place)} ${far} ${y(place + 1)} ${x} ${y(place + 1)}` }, svg);
      drawn("text", {
        x: x + side * 20, y: y(place) + pitch / 2 + 4, class: "name", "text-anchor": side < 0 ? "end" : "start",
      }, svg, switchName((part.top + place) / 2));
    }
  }

  node(svg, x, y, element, way, isCurrent) {
    const group = drawn("g", { class: ConstraintGraph.classes("node", way, isCurrent) }, svg);
    drawn("circle", { cx: x, cy: y, r: 10 }, group);
    drawn("text", { x, y: y + 4.5, "text-anchor": "middle" }, group, element);
  }

  static words(part, ways) {
    const named = (way) => {
      const elements = part.elements.filter((_, input) => ways[input] === way);
      return elements.length === 0 ? "none" : elements.join(", ");
    };
    return `Constraint graph of ${part.name}. Upper way: ${named(0)}. Lower way: ${named(1)}. Open: ${named(null)}.`;
  }
}
