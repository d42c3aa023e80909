/*
  The looping algorithm, step by step, on the network as textbooks draw it.

  The two elements of a switch must part: one takes the upper way, by the upper half of the picture, the other the lower
  way. So each element settles the next, until a loop closes. A loop begins at the uppermost switch of the first column
  that is open, whose upper input takes the upper way.
*/
class Looping {
  /* `fixed`: loops begin at outputs, so that the switch there stays straight, as Waksman's network needs it. */
  constructor(targets, fixed = false) {
    this.targets = targets;
    this.fixed = fixed;
    this.wiring = new Wiring("textbook", targets.length);
    this.settings = this.wiring.settings(null);
    /* Networks within the network, from outside to inside. */
    this.parts = [{ depth: 0, top: 0, elements: indices(targets.length), targets, name: "the whole network" }];
    this.steps = [];
    this.loops = 0;
    for (let index = 0; index < this.parts.length; index += 1) this.settle(this.parts[index], index);
    this.add({ kind: "end", part: 0, sets: [], ways: [] });
  }

  add(step) {
    for (const { column, number, crosses } of step.sets) this.settings[column][number] = crosses;
    this.steps.push(step);
  }

  settle(part, index) {
    if (part.targets.length === 2) return this.settleMiddle(part, index);
    const { elements, targets, top, depth } = part;
    const sources = inverse(targets);
    const ways = new Array(targets.length).fill(null);
    const last = this.wiring.columns - 1 - depth;
    const entry = (input) => ({
      column: depth, number: (top + input) >> 1, crosses: ways[input & ~1] === 1 || ways[input | 1] === 0,
    });
    const exit = (input) => ({
      column: last, number: (top + targets[input]) >> 1, crosses: (targets[input] & 1) !== ways[input],
    });
    this.add({ kind: "part", part: index, sets: [], ways: [] });
    for (let place = 0; place < targets.length; place += 2) {
      const start = this.fixed ? sources[place] : place;
      if (ways[start] !== null) continue;
      const loop = this.loops;
      this.loops += 1;
      let first = start;
      let from = null;
      while (ways[first] === null) {
        ways[first] = 0;
        this.add({
          kind: from === null ? "begin" : "entrance", part: index, loop, from, input: first,
          sets: [entry(first)], ways: [[first, 0]],
        });
        const second = sources[targets[first] ^ 1];
        ways[second] = 1;
        this.add({
          kind: "exit", part: index, loop, from: first, input: second, sets: [exit(first)], ways: [[second, 1]],
        });
        from = second;
        first = second ^ 1;
      }
      this.add({ kind: "close", part: index, loop, from, input: first, sets: [], ways: [] });
    }
    for (const way of [0, 1]) this.addHalf(part, ways, way);
    return undefined;
  }

  /* The network that the elements of one way pass next. */
  addHalf({ elements, targets, top, depth, name }, ways, way) {
    const inputs = indices(targets.length).filter((input) => ways[input] === way);
    const side = way === 0 ? "upper" : "lower";
    this.parts.push({
      depth: depth + 1,
      top: top + way * (targets.length / 2),
      elements: inputs.map((input) => elements[input]),
      targets: inputs.map((input) => targets[input] >> 1),
      name: depth === 0 ? `the ${side} half` : `the ${side} half of ${name}`,
    });
  }

  settleMiddle(part, index) {
    const crosses = part.targets[0] === 1;
    const set = { column: this.wiring.levels - 1, number: part.top >> 1, crosses };
    this.add({ kind: "middle", part: index, sets: [set], ways: [] });
  }

  /* The settings, and the ways of the part of the last step, after so many steps. */
  after(count) {
    const settings = this.wiring.settings(null);
    const steps = this.steps.slice(0, count);
    for (const step of steps) {
      for (const { column, number, crosses } of step.sets) settings[column][number] = crosses;
    }
    const step = steps.at(-1);
    const ways = new Array(this.parts[step.part].targets.length).fill(null);
    for (const other of steps) {
      if (other.part === step.part) for (const [input, way] of other.ways) ways[input] = way;
    }
    return { settings, ways, step };
  }
}

/*
  A permutation in an omega network: from each input to each output there is one way only. Elements that need the same
  output of a switch are in conflict.
*/
class OmegaRoute {
  constructor(targets) {
    const wiring = new Wiring("omega", targets.length);
    this.wiring = wiring;
    this.targets = targets;
    /* The elements that need each wire behind each column, and the positions of each element in front of columns. */
    this.users = Array.from({ length: wiring.columns }, () => indices(targets.length).map(() => []));
    this.places = indices(targets.length).map((element) => [element]);
    for (let column = 0; column < wiring.columns; column += 1) {
      const bit = (wiring.levels - column) % wiring.levels;
      for (const [element, target] of targets.entries()) {
        const place = this.places[element].at(-1);
        const wire = (place & ~1) | ((target >> bit) & 1);
        this.users[column][wire].push(element);
        this.places[element].push(wiring.next(wire, column));
      }
    }
    /* The first column in which there are conflicts; nothing is known of those behind it. */
    this.blocked = this.users.findIndex((wires) => wires.some((users) => users.length > 1));
    this.conflicts = this.blocked < 0 ? [] : this.users[this.blocked].flatMap((users, wire) => (
      users.length < 2 ? [] : [{ column: this.blocked, number: wire >> 1, output: wire & 1, elements: this.inOrder(users) }]
    ));
  }

  /* The element at the upper input first. */
  inOrder(users) {
    return [...users].sort((one, other) => this.places[one][this.blocked] - this.places[other][this.blocked]);
  }

  get isBlocked() { return this.blocked >= 0; }

  /* The settings; null where a switch is blocked, and behind the column where that is. */
  get settings() {
    return this.users.map((wires, column) => indices(wires.length / 2).map((number) => {
      if (this.isBlocked && column > this.blocked) return null;
      const users = wires[2 * number];
      if (users.length !== 1 || wires[2 * number + 1].length !== 1) return null;
      return this.places[users[0]][column] % 2 === 1;
    }));
  }
}
