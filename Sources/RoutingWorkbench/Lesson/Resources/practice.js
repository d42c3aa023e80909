/* The network that the reader sets. */

class Practice {
  constructor(lesson) {
    this.lesson = lesson;
    this.form = "textbook";
    this.board = new Board(element("practice-board"), {
      label: "A Beneš network. Arrow keys move between its switches, Enter sets one.",
      toggle: (column, number) => this.toggle(column, number),
      outputs: true,
    });
    element("run").addEventListener("click", () => this.run());
    element("straighten").addEventListener("click", () => this.begin("All switches are straight."));
    element("solve").addEventListener("click", () => this.solve());
    element("followed").addEventListener("change", () => this.follow());
    this.board.host.addEventListener("click", (event) => this.point(event.target.closest(".ball")));
    element("drawn-as").addEventListener("change", (event) => this.redraw(event.target.value));
  }

  /* Shows the path of the element that is chosen, or those of all. */
  follow() {
    const { value } = element("followed");
    const followed = value === "" ? null : Number(value);
    this.board.follow(followed);
    if (followed === null) return this.lesson.say("All elements are shown.");
    const output = this.board.flow.before.at(-1).indexOf(followed);
    const target = this.targets[followed];
    return this.lesson.say(`Element ${followed} leaves at output ${output}`
      + (output === target ? ", as it should." : ` and should leave at output ${target}.`));
  }

  /* A press on an element follows it, another one shows all again. */
  point(ball) {
    if (!ball) return;
    const select = element("followed");
    select.value = select.value === ball.dataset.element ? "" : ball.dataset.element;
    this.follow();
  }

  get targets() { return this.lesson.targets; }

  /* A new permutation: all switches straight. */
  begin(what = "") {
    const wiring = new Wiring(this.form, this.targets.length);
    this.board.build(wiring);
    this.settings = wiring.settings(false);
    const options = indices(wiring.count).map((number) => new Option(`element ${number}`, number));
    element("followed").replaceChildren(new Option("all elements", ""), ...options);
    this.board.followed = null;
    this.show(what);
  }

  /* The same switches in the other drawing. */
  redraw(form) {
    const textbook = this.form === "textbook" ? this.settings : Practice.toTextbook(this.settings, this.targets.length);
    this.form = form;
    this.settings = form === "textbook" ? textbook : Wiring.byShuffles(textbook, this.targets.length);
    this.board.build(new Wiring(form, this.targets.length));
    this.show(`The network is drawn ${FORMS[form]}. Its switches are set as they were.`);
  }

  static toTextbook(settings, count) {
    /* Where each switch of the textbook's network stands in the other drawing. */
    const numbers = settings.map((_, column) => {
      const marks = new Wiring("textbook", count).settings(false);
      return indices(count / 2).map((number) => {
        marks[column][number] = true;
        const found = Wiring.byShuffles(marks, count)[column].indexOf(true);
        marks[column][number] = false;
        return found;
      });
    });
    return settings.map((column, index) => numbers[index].map((number) => column[number]));
  }

  toggle(column, number) {
    this.settings[column][number] = !this.settings[column][number];
    const state = this.settings[column][number] ? "crosses now" : "is straight now";
    this.show(`Switch ${switchName(number)} of column ${column + 1} ${state}.`);
  }

  solve() {
    const { settings } = new Looping(this.targets);
    this.settings = this.form === "textbook"
      ? settings.map((column) => column.slice()) : Wiring.byShuffles(settings, this.targets.length);
    this.show("The switches are set as the looping algorithm sets them.");
  }

  show(what) {
    this.board.stop();
    const flow = this.board.wiring.follow(this.settings);
    const wanted = inverse(this.targets);
    this.board.update({ settings: this.settings, flow, wanted });
    const got = flow.before.at(-1);
    const faults = indices(wanted.length).filter((output) => got[output] !== wanted[output]);
    const verdict = Practice.verdict(faults.length, wanted.length);
    element("verdict").textContent = verdict;
    element("verdict").classList.toggle("good", faults.length === 0);
    element("faults").replaceChildren(...faults.map((output) => {
      const item = document.createElement("li");
      item.textContent = `Output ${output} gets ${got[output]} and should get ${wanted[output]}, `
        + `which leaves at output ${got.indexOf(wanted[output])}.`;
      return item;
    }));
    this.lesson.say(`${what} ${verdict}`.trim());
  }

  static verdict(faults, count) {
    if (faults === 0) return "Every element arrives where it should.";
    return faults === count ? `All ${count} outputs are wrong.` : `${faults} of ${count} outputs are wrong.`;
  }

  async run() {
    const isArrived = await this.board.run();
    if (isArrived) this.lesson.say(`The elements have arrived. ${element("verdict").textContent}`);
  }
}
