/* The permutation: its size, those with a name, numbers as text, and tiles that change places. */

class Picker {
  constructor(lesson) {
    this.lesson = lesson;
    this.picked = null;
    this.place = 0;
    for (const radio of document.querySelectorAll("input[name=size]")) {
      radio.addEventListener("change", () => this.choose("random", Number(radio.value)));
    }
    for (const preset of PRESETS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = preset.name;
      button.addEventListener("click", () => this.choose(preset.name, this.lesson.targets.length));
      element("presets").append(button);
    }
    element("typed").addEventListener("submit", (event) => {
      event.preventDefault();
      this.read();
    });
    this.tiles = element("tiles");
    this.tiles.addEventListener("keydown", (event) => this.key(event));
    this.tiles.addEventListener("pointerdown", (event) => this.grab(event));
    this.tiles.addEventListener("click", (event) => {
      const tile = event.target.closest("button");
      // Fingers and mice have been heard of already; this is the keyboard, or a screen reader.
      if (tile && event.detail === 0) this.press(Number(tile.dataset.place));
    });
  }

  choose(name, count) {
    const { targets } = PRESETS.find((preset) => preset.name === name);
    this.lesson.choose(targets(count), `${capital(name)} of ${count} elements.`);
  }

  read() {
    const result = readPermutation(element("numbers").value);
    const fault = element("fault");
    fault.hidden = Boolean(result.targets);
    element("numbers").setAttribute("aria-invalid", result.targets ? "false" : "true");
    if (result.targets) return this.lesson.choose(result.targets, "The permutation is taken.");
    fault.textContent = `${capital(result.message)}. Remedy: ${result.remedy}.`;
    return element("numbers").focus();
  }

  /* The permutation as it is now. */
  show() {
    const { targets } = this.lesson;
    element("numbers").value = targets.join(" ");
    element("numbers").setAttribute("aria-invalid", "false");
    element("fault").hidden = true;
    for (const radio of document.querySelectorAll("input[name=size]")) {
      radio.checked = Number(radio.value) === targets.length;
    }
    const isFocused = this.tiles.contains(document.activeElement);
    this.picked = null;
    this.place = Math.min(this.place, targets.length - 1);
    this.tiles.replaceChildren(...targets.map((target, input) => this.tile(input, target)));
    if (isFocused) this.tiles.children[this.place].firstChild.focus();
  }

  tile(input, target) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.place = input;
    button.tabIndex = input === this.place ? 0 : -1;
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", `Input ${input} goes to output ${target}`);
    button.style.setProperty("--hue", hue(input, this.lesson.targets.length));
    const [from, to] = [document.createElement("small"), document.createElement("b")];
    from.textContent = `${input} →`;
    to.textContent = target;
    button.append(from, to);
    item.append(button);
    return item;
  }

  focus(place) {
    const buttons = [...this.tiles.querySelectorAll("button")];
    this.place = Math.max(0, Math.min(buttons.length - 1, place));
    buttons.forEach((button, index) => { button.tabIndex = index === this.place ? 0 : -1; });
    buttons[this.place].focus();
  }

  key(event) {
    const places = { ArrowLeft: this.place - 1, ArrowRight: this.place + 1, Home: 0, End: Infinity };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && this.picked !== null) this.press(this.picked);
    else if (places[event.key] === undefined) return;
    else this.focus(places[event.key]);
    event.preventDefault();
  }

  /* Picks a tile; with one picked, both change places. */
  press(place) {
    if (this.picked === null || this.picked === place) {
      this.picked = this.picked === place ? null : place;
      for (const button of this.tiles.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", `${Number(button.dataset.place) === this.picked}`);
      }
      if (this.picked !== null) this.lesson.say(`Input ${place} is picked. Choose the input that it changes targets with.`);
      return;
    }
    this.swap(this.picked, place);
  }

  swap(one, other) {
    const targets = this.lesson.targets.slice();
    [targets[one], targets[other]] = [targets[other], targets[one]];
    this.place = other;
    this.lesson.choose(targets, `Input ${one} goes to output ${targets[one]}, input ${other} to output ${targets[other]}.`);
  }

  /* Drags a tile to another one; without a way it is a click. */
  grab(event) {
    const tile = event.target.closest("button");
    if (!tile || event.button !== 0) return;
    const from = Number(tile.dataset.place);
    tile.releasePointerCapture?.(event.pointerId);
    tile.classList.add("held");
    const release = (end) => {
      tile.classList.remove("held");
      document.removeEventListener("pointerup", release);
      document.removeEventListener("pointercancel", release);
      if (end.type !== "pointerup") return;
      const under = document.elementFromPoint(end.clientX, end.clientY)?.closest("#tiles button");
      if (!under) return;
      const to = Number(under.dataset.place);
      this.place = to;
      if (to === from) this.press(to);
      else this.swap(from, to);
    };
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", release);
  }
}
