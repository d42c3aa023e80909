/* Buttons, the fader, the legend and the keyboard. */

class Controls {
  constructor(page) {
    this.page = page;
    this.swatches = [];
    this.bind("play", () => page.player.toggle());
    this.bind("narrower", () => this.zoom(1 / 1.5, 1));
    this.bind("wider", () => this.zoom(1.5, 1));
    this.bind("lower", () => this.zoom(1, 1 / 1.3));
    this.bind("higher", () => this.zoom(1, 1.3));
    this.bind("all", () => this.showAll());
    this.bind("follow", () => page.follow(!page.isFollowing));
    this.bindFader();
    this.makeLegend();
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /* After a click by mouse or finger the keys belong to the roll again; who uses the keyboard stays. */
  bind(name, action) {
    const button = typeof name === "string" ? element(name) : name;
    button.addEventListener("click", (event) => {
      action();
      if (event.detail > 0) element("roll").focus({ preventScroll: true, focusVisible: false });
    });
  }

  bindFader() {
    const { player } = this.page;
    const mix = element("mix");
    if (player.recording.count === 0) {
      element("fader").hidden = true;
      return;
    }
    const apply = () => {
      player.setMix(mix.value / 100);
      mix.setAttribute("aria-valuetext", `recording ${100 - mix.value} %, notes ${mix.value} %`);
    };
    mix.addEventListener("input", apply);
    mix.addEventListener("dblclick", () => {
      mix.value = 50;
      apply();
    });
    apply();
  }

  makeLegend() {
    const { notes } = this.page;
    const legend = element("legend");
    if (!notes.isCompared && notes.groups.length < 2) return;
    legend.hidden = false;
    for (const group of notes.groups) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      const swatch = new Sheet(document.createElement("canvas"));
      this.swatches.push([swatch, group]);
      const count = group.count.toLocaleString("en");
      button.append(swatch.canvas, `${group.name} ${count}`);
      legend.append(button);
      this.bind(button, () => this.toggle(group, button));
    }
  }

  drawSwatches() {
    for (const [swatch, group] of this.swatches) {
      const { clientWidth, clientHeight } = swatch.canvas;
      swatch.resize(clientWidth, clientHeight);
      this.page.drawing.box(swatch, group, 1, 1, clientWidth - 2, clientHeight - 2, 0.9);
    }
  }

  /* Shows and plays a group of notes, or leaves it out. */
  toggle(group, button) {
    const { page } = this;
    group.isShown = !group.isShown;
    button.setAttribute("aria-pressed", String(group.isShown));
    page.showTip(null);
    // What sounds is handed out anew.
    if (page.player.isPlaying) page.player.seek(page.player.time);
    page.redraw();
  }

  /* Zooms around the cursor where it is seen, else around the middle. */
  zoom(times, keys) {
    const { view, player } = this.page;
    const cursor = view.x(player.time);
    const isSeen = cursor >= view.left && cursor <= view.width;
    view.zoom(times, keys, isSeen ? cursor : view.left + view.roll / 2, RULER + view.column / 2);
    this.page.showTip(null);
    this.page.viewChanged();
  }

  showAll() {
    this.page.view.showAll();
    this.page.letGo();
    this.page.showTip(null);
    this.page.viewChanged();
  }

  scroll(pitches) {
    this.page.view.move(0, pitches);
    this.page.showTip(null);
    this.page.viewChanged();
  }

  seek(time) {
    this.page.showTip(null);
    this.page.seek(time);
    this.page.reveal();
  }

  /* By so many seconds, or with Shift from note to note. */
  go(event, seconds) {
    if (event.shiftKey) this.page.step(seconds > 0);
    else this.seek(this.page.player.time + seconds);
  }

  /* The keys of the whole page, except those that the element in focus needs itself. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isButton = target.closest?.("button, summary") !== null;
    const isFader = target === element("mix");
    const action = this.action(event);
    if (!action || (isButton && event.key === " ") || (isFader && event.key !== " ")) return;
    event.preventDefault();
    action();
  }

  action(event) {
    const { page } = this;
    const { player, view } = page;
    const stride = view.roll / view.scale / 8;
    switch (event.key) {
      case " ": return () => player.toggle();
      case "ArrowLeft": return () => this.go(event, -Math.min(5, stride));
      case "ArrowRight": return () => this.go(event, Math.min(5, stride));
      case "ArrowUp": return () => (event.shiftKey ? this.zoom(1, 1.3) : this.scroll(2));
      case "ArrowDown": return () => (event.shiftKey ? this.zoom(1, 1 / 1.3) : this.scroll(-2));
      case "PageUp": return () => this.seek(player.time - 8 * stride);
      case "PageDown": return () => this.seek(player.time + 8 * stride);
      case "Home": return () => this.seek(0);
      case "End": return () => this.seek(player.seconds);
      case "+":
      case "=": return () => this.zoom(1.5, 1);
      case "-": return () => this.zoom(1 / 1.5, 1);
      case "0": return () => this.showAll();
      case "f":
      case "F": return () => page.follow(!page.isFollowing);
      case "Escape": return () => page.showTip(null);
      default: return null;
    }
  }
}
