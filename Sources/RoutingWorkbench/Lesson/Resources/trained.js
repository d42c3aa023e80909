/* What a trained network does on the same wiring, beside the switches that the algorithm sets. */

/* Influences in the page are in ten-thousandths, and at least 1 where there is any. */
const LEAST_INFLUENCE = 1;

/*
  How a trained network uses its switches: of each the share of influence that crosses, beside the setting of the
  algorithm.
*/
class SwitchUse {
  /* `map` as the page holds it: length, blocks, and for each layer the influence of each input on each position. */
  constructor(map, targets) {
    this.map = map;
    const count = map.length;
    this.wiring = new Wiring("shuffles", count);
    this.settings = Wiring.byShuffles(new Looping(targets).settings, count);
    this.flow = this.wiring.follow(this.settings);
    const perBlock = this.wiring.columns - 1;
    this.blocks = indices(map.blocks).map((block) => this.settings.map((column, index) => (
      column.map((crosses, number) => this.use(map.layers[block * perBlock + index + 1], index, number, crosses))
    )));
  }

  influence(layer, input, position) { return layer[input * this.map.length + position]; }

  use(layer, column, number, crosses) {
    const [upper, lower] = [2 * number, 2 * number + 1];
    const [one, other] = [upper, lower].map((place) => this.flow.before[column][place]);
    const stays = this.influence(layer, one, upper) + this.influence(layer, other, lower);
    const swaps = this.influence(layer, one, lower) + this.influence(layer, other, upper);
    const share = stays + swaps > 0 ? swaps / (stays + swaps) : 0.5;
    return { share, isAlike: crosses ? swaps > stays : stays > swaps };
  }

  /* How many switches of a block the network uses as the algorithm sets them, and how many there are. */
  count(block, crosses) {
    const uses = this.blocks[block].flatMap((column, index) => (
      column.filter((_, number) => this.settings[index][number] === crosses)
    ));
    return { alike: uses.filter(({ isAlike }) => isAlike).length, all: uses.length };
  }
}

class TrainedNetwork {
  constructor(lesson, data) {
    this.lesson = lesson;
    this.data = data;
    if (!data) {
      element("trained-parts").hidden = true;
      element("untrained").hidden = false;
      return;
    }
    this.influence = new Board(element("influence-board"), { label: "Influence in the trained network" });
    this.route = new Board(element("route-board"), { label: "The algorithm's switches" });
    const lengths = element("trained-length");
    lengths.replaceChildren(...data.maps.map(({ length }) => new Option(`${length} symbols`, length)));
    lengths.addEventListener("change", () => this.begin());
    element("source").addEventListener("change", () => this.show(true));
    element("block").addEventListener("change", () => this.show(true));
    this.begin();
  }

  begin() {
    const map = this.data.maps.find(({ length }) => `${length}` === element("trained-length").value);
    this.use = new SwitchUse(map, indices(map.length).reverse());
    element("source").replaceChildren(...indices(map.length).map((input) => new Option(`input ${input}`, input)));
    element("block").replaceChildren(...indices(map.blocks).map((block) => new Option(`block ${block + 1}`, block)));
    this.influence.build(new Wiring("shuffles", map.length, map.blocks));
    this.route.build(this.use.wiring);
    this.show(false);
  }

  show(isSaid) {
    const { use } = this;
    const { map } = use;
    const source = Number(element("source").value);
    const block = Number(element("block").value);
    this.paintInfluence(source);
    this.route.update({ settings: use.settings, flow: use.flow });
    this.route.follow(source);
    this.route.switches.forEach((column, index) => column.forEach(({ group, sign }, number) => {
      const { share, isAlike } = use.blocks[block][index][number];
      group.classList.toggle("alike", isAlike);
      group.classList.toggle("unlike", !isAlike);
      sign.textContent = `${Math.round(100 * share)}`;
    }));
    const [crossed, straight] = [true, false].map((crosses) => use.count(block, crosses));
    const words = `Block ${block + 1} uses ${crossed.alike} of ${crossed.all} switches that cross and ${straight.alike} of `
      + `${straight.all} that stay straight as the algorithm sets them.`;
    element("use-words").textContent = words;
    const reached = this.reached(source);
    const { levels } = use.wiring;
    element("reach-words").textContent = `Input ${source} reaches ${reached.slice(1, levels + 1).join(", ")} of `
      + `${map.length} positions after columns 1 to ${levels}. It has most influence on output ${this.strongest(source)}.`;
    this.influence.svg.setAttribute("aria-label", `Influence of input ${source} in the trained network. `
      + element("reach-words").textContent);
    this.route.svg.setAttribute("aria-label", `The algorithm's switches. ${words}`);
    if (isSaid) this.lesson.say(`${element("reach-words").textContent} ${words}`);
  }

  /* Wires as thick as the influence that they carry. */
  paintInfluence(source) {
    const { board, map } = { board: this.influence, map: this.use.map };
    const largest = Math.max(...map.layers.map((layer) => (
      Math.max(...indices(map.length).map((position) => this.use.influence(layer, source, position)))
    )));
    const paint = (path, value) => {
      const strength = value < LEAST_INFLUENCE ? 0 : (value / largest) ** 0.75;
      path.classList.toggle("flow", strength > 0);
      path.style.setProperty("--hue", hue(source, map.length));
      path.style.strokeWidth = strength > 0 ? `${(0.8 + 4.2 * strength).toFixed(2)}` : "";
      path.style.strokeOpacity = strength > 0 ? `${(0.3 + 0.7 * strength).toFixed(2)}` : "";
    };
    board.starts.forEach((path, position) => paint(path, this.use.influence(map.layers[0], source, position)));
    board.wires.forEach((wires, column) => wires.forEach((path, position) => (
      paint(path, this.use.influence(map.layers[column + 1], source, position))
    )));
    board.switches.forEach((column, index) => column.forEach(({ group }, number) => {
      const values = [0, 1].map((end) => this.use.influence(map.layers[index + 1], source, 2 * number + end));
      group.classList.toggle("reached", Math.max(...values) >= LEAST_INFLUENCE);
    }));
    board.ins.forEach((ball, position) => {
      board.showBall(ball, position);
      ball.classList.toggle("dim", position !== source);
    });
    board.outs.forEach((ball, position) => {
      board.showBall(ball, position);
      ball.classList.toggle("dim", position !== this.strongest(source));
    });
  }

  /* How many positions an input reaches after each layer. */
  reached(source) {
    const { map } = this.use;
    return map.layers.map((layer) => (
      indices(map.length).filter((position) => this.use.influence(layer, source, position) >= LEAST_INFLUENCE).length
    ));
  }

  /* The output that depends most on an input. */
  strongest(source) {
    const { length, answers } = this.use.map;
    const row = answers.slice(source * length, (source + 1) * length);
    return row.indexOf(Math.max(...row));
  }
}
