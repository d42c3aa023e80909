/* The looping algorithm, step by step, with the constraint graph beside the network. */

class Story {
  constructor(lesson) {
    this.lesson = lesson;
    this.board = new Board(element("story-board"), { label: "The network with the switches that are settled so far" });
    this.graph = new ConstraintGraph(element("graph"));
    const bind = (id, action) => element(id).addEventListener("click", action);
    bind("story-first", () => this.go(1));
    bind("loop-back", () => this.go(this.loop(-1)));
    bind("step-back", () => this.go(this.count - 1));
    bind("step-on", () => this.go(this.count + 1));
    bind("loop-on", () => this.go(this.loop(1)));
    bind("story-last", () => this.go(this.looping.steps.length));
    element("story").addEventListener("keydown", (event) => this.key(event));
  }

  begin() {
    this.looping = new Looping(this.lesson.targets);
    this.board.build(this.looping.wiring);
    this.wanted = inverse(this.lesson.targets);
    this.go(1, false);
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const places = {
      ArrowLeft: this.count - 1, ArrowRight: this.count + 1,
      ArrowUp: this.loop(-1), ArrowDown: this.loop(1),
      Home: 1, End: this.looping.steps.length,
    };
    if (places[event.key] === undefined) return;
    event.preventDefault();
    this.go(places[event.key]);
  }

  /* The number of steps up to the next or the last one that closes a loop or opens a network within the network. */
  loop(direction) {
    const { steps } = this.looping;
    const stops = ["part", "close", "middle", "end"];
    let count = this.count + direction;
    while (count > 1 && count < steps.length && !stops.includes(steps[count - 1].kind)) count += direction;
    return count;
  }

  /* Shows the state after so many steps. */
  go(count, isSaid = true) {
    const { steps, parts, wiring } = this.looping;
    this.count = Math.max(1, Math.min(steps.length, count));
    const { settings, ways, step } = this.looping.after(this.count);
    const part = parts[step.part];
    const flow = wiring.follow(settings, this.wanted);
    const asked = new Set(step.sets.map(({ column, number }) => `${column}/${number}`));
    this.board.update({ settings, flow, asked });
    const pair = [step.from, step.input].filter((input) => input !== null && input !== undefined);
    const isMiddle = part.targets.length === 2;
    const last = wiring.columns - part.depth;
    this.graph.show({
      part,
      ways: step.kind === "end" ? this.outerWays() : isMiddle ? part.targets.map((target) => target) : ways,
      current: pair,
      columns: [part.depth + 1, last],
    });
    const text = this.words(step, part);
    element("told").textContent = text;
    element("counter").textContent = `step ${this.count} of ${steps.length}`;
    for (const id of ["story-first", "loop-back", "step-back"]) this.enable(id, this.count > 1);
    for (const id of ["step-on", "loop-on", "story-last"]) this.enable(id, this.count < steps.length);
    if (isSaid) this.lesson.say(`Step ${this.count}. ${text}`);
  }

  /* A button that loses its use keeps the focus. */
  enable(id, isEnabled) { element(id).setAttribute("aria-disabled", isEnabled ? "false" : "true"); }

  outerWays() {
    const last = this.looping.steps.findLastIndex((step) => step.part === 0 && step.kind === "close");
    return last < 0 ? [0, 0] : this.looping.after(last + 1).ways;
  }

  words(step, part) {
    const { columns } = this.looping.wiring;
    const [first, last] = [part.depth + 1, columns - part.depth];
    const name = (input) => part.elements[input];
    const entrance = (input) => `switch ${switchName((part.top + input) >> 1)} of column ${first}`;
    const exit = (input) => `switch ${switchName((part.top + part.targets[input]) >> 1)} of column ${last}`;
    const settings = step.sets.map(({ column, number, crosses }) => (
      ` Switch ${switchName(number)} of column ${column + 1} ${crosses ? "crosses" : "stays straight"}.`
    )).join("");
    switch (step.kind) {
      case "part": return this.opening(part, first, last);
      case "begin":
        return `Loop ${step.loop + 1} begins at ${entrance(step.input)}. Element ${name(step.input)} takes the upper way; `
          + `it might as well take the lower way.${settings}`;
      case "exit":
        return `Elements ${name(step.from)} and ${name(step.input)} leave by ${exit(step.input)}, so they must part: `
          + `element ${name(step.input)} takes the lower way.${settings}`;
      case "entrance":
        return `Elements ${name(step.from)} and ${name(step.input)} enter by ${entrance(step.input)}, so they must part: `
          + `element ${name(step.input)} takes the upper way.${settings}`;
      case "close":
        return `Elements ${name(step.from)} and ${name(step.input)} enter by ${entrance(step.input)}, and their ways differ `
          + `already: loop ${step.loop + 1} is closed.`;
      case "middle":
        return `${capital(part.name)} is a single switch. Element ${name(0)} must leave by its `
          + `${WAYS[part.targets[0]]} output.${settings}`;
      default:
        return `All ${counted(this.looping.wiring.switches, "switch", "switches")} are settled, in `
          + `${counted(this.looping.loops, "loop")}. Every element arrives.`;
    }
  }

  opening(part, first, last) {
    if (part.depth === 0) {
      return `The whole network: columns ${first} and ${last} part its ${part.targets.length} elements into an upper and a `
        + "lower half. All switches are open.";
    }
    const columns = `columns ${first} and ${last}`;
    return `${capital(part.name)} routes a permutation of its own, of elements ${listing(part.elements)}: `
      + `the same again in ${columns}.`;
  }
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
