/* Waksman's network and the omega network with the same permutation. */

class Comparison {
  constructor(lesson) {
    this.lesson = lesson;
    this.waksman = new Board(element("waksman-board"), { label: "Waksman's network" });
    this.omega = new Board(element("omega-board"), { label: "Omega network" });
  }

  show() {
    const { targets } = this.lesson;
    this.showWaksman(targets);
    this.showOmega(new OmegaRoute(targets));
    this.showCounts(targets.length);
  }

  showWaksman(targets) {
    const wiring = new Wiring("waksman", targets.length);
    const { settings } = new Looping(targets, true);
    this.waksman.build(wiring);
    this.waksman.update({ settings, flow: wiring.follow(settings) });
    const crossed = settings.flat().filter((crosses) => crosses).length;
    const text = `${counted(wiring.switches, "switch", "switches")} instead of `
      + `${new Wiring("textbook", targets.length).switches}, of which ${crossed} cross. Every element arrives.`;
    element("waksman-words").textContent = text;
    this.waksman.svg.setAttribute("aria-label", `Waksman's network: ${text}`);
  }

  showOmega(route) {
    const { wiring, targets } = route;
    this.omega.build(wiring);
    const { settings } = route;
    const hot = new Set();
    route.users.forEach((wires, column) => wires.forEach((users, position) => {
      if (users.length > 1) hot.add(`${column}/${position}`);
    }));
    const blocked = new Set(route.conflicts.map(({ column, number }) => `${column}/${number}`));
    this.omega.update({ settings, flow: wiring.follow(settings), blocked, hot });
    const words = Comparison.omegaWords(route);
    element("omega-words").textContent = words;
    this.omega.svg.setAttribute("aria-label", `Omega network: ${words}`);
    element("conflicts").replaceChildren(...route.conflicts.map(({ column, number, elements, output }) => {
      const item = document.createElement("li");
      const [one, other] = elements.map((number) => `${number} (to ${targets[number]})`);
      item.textContent = `Column ${column + 1}, switch ${switchName(number)}: ${one} and ${other} both need the `
        + `${WAYS[output]} output.`;
      return item;
    }));
  }

  static omegaWords(route) {
    if (!route.isBlocked) return "This permutation passes: no two elements need the same wire.";
    const wires = route.users.flat().filter((users) => users.length > 1).length;
    return `This permutation is blocked in column ${route.blocked + 1} at `
      + `${counted(route.conflicts.length, "switch", "switches")}. In all, ${counted(wires, "wire is", "wires are")} needed by `
      + "more than one element; they are lit up.";
  }

  /* How many switches there are, and what they can do. */
  showCounts(count) {
    let factorial = 1;
    for (let factor = 2; factor <= count; factor += 1) factorial *= factor;
    const bits = Math.log2(factorial);
    const all = `all ${factorial.toLocaleString("en")}`;
    const names = { textbook: "Beneš", waksman: "Waksman", omega: "omega" };
    const rows = Object.entries(names).map(([form, name]) => {
      const { columns, switches } = new Wiring(form, count);
      const made = 2 ** switches;
      const share = (100 * made) / factorial;
      const some = `${made.toLocaleString("en")} (${share.toLocaleString("en", { maximumSignificantDigits: 2 })} %)`;
      return [name, columns, switches, form === "omega" ? some : all];
    });
    element("counts").replaceChildren(...rows.map(([name, ...cells]) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      row.append(head, ...cells.map((text) => {
        const cell = document.createElement("td");
        cell.textContent = text;
        return cell;
      }));
      return row;
    }));
    element("bound").textContent = `At least ${Math.ceil(bits)} switches are needed for ${count} elements: `
      + `log₂ ${count}! is ${bits.toFixed(1)}.`;
  }
}
