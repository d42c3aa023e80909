/* Joins notes, view, drawing and player to the elements of the page. */

const element = (name) => document.getElementById(name);

class Page {
  constructor(data) {
    this.notes = new Notes(data);
    this.view = new View(this.notes);
    this.player = new Player(this.notes, new Recording(data.sound));
    this.drawing = new Drawing(
      this.notes, this.view, element("roll"), element("cursor"),
      element("overview").querySelector("canvas")
    );
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.isFollowing = true;
    this.chosen = null;
    element("summary").textContent = data.summary.replaceAll(" %", "\u00a0%");
    element("origin").textContent = data.origin;
    element("roll").setAttribute("aria-label", `Piano roll of ${data.title}`);
    this.pointer = new Pointer(this, element("roll"), element("overview"));
    this.controls = new Controls(this);
    this.player.changed = () => this.stateChanged();
    this.player.failed = () => this.say("The recording cannot be decoded by this browser.");
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(element("stage"));
    resized.observe(element("overview"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolor());
    this.resize();
    this.stateChanged();
  }

  resize() {
    const stage = element("stage");
    const overview = element("overview");
    this.view.resize(stage.clientWidth, stage.clientHeight);
    for (const sheet of [this.drawing.roll, this.drawing.cursor]) {
      sheet.resize(stage.clientWidth, stage.clientHeight);
    }
    this.drawing.overview.resize(overview.clientWidth, overview.clientHeight);
    this.redraw();
  }

  recolor() {
    this.drawing.readColors();
    this.redraw();
  }

  /* Draws everything before the screen is shown next. */
  redraw() {
    this.controls.drawSwatches();
    this.isOverviewStale = true;
    this.viewChanged();
  }

  viewChanged() {
    this.isRollStale = true;
    this.frame();
  }

  /* One frame; while the player runs, the next one follows. */
  frame() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.draw();
      if (this.player.isPlaying) this.frame();
    });
  }

  draw() {
    const { time, isPlaying } = this.player;
    if (isPlaying && this.isFollowing) this.followCursor(time);
    if (this.isOverviewStale) this.drawing.drawOverview();
    if (this.isRollStale) {
      this.drawing.drawRoll();
      this.drawWindow();
    }
    this.isRollStale = this.isOverviewStale = false;
    this.drawing.drawCursor(time, isPlaying, this.chosen);
    this.showTime(time);
  }

  /* The roll runs under the cursor, or turns pages for readers who want little motion. */
  followCursor(time) {
    const { view } = this;
    const before = view.start;
    if (!this.calm.matches) view.reveal(time, 0.35);
    else if (time < view.start || time > view.end - 0.05 * (view.end - view.start)) {
      view.reveal(time, 0.08);
    }
    if (view.start !== before) this.isRollStale = true;
  }

  drawWindow() {
    const { view } = this;
    const { style } = element("overview").querySelector(".window");
    const share = (seconds) => `${(100 * seconds) / view.seconds}%`;
    style.left = share(view.start);
    style.width = share(Math.min(view.end, view.seconds) - view.start);
  }

  showTime(time) {
    const whole = this.notes.seconds;
    const text = `${timeText(time, 1, whole)} `;
    const overview = element("overview");
    if (text === this.shownTime) return;
    this.shownTime = text;
    const total = document.createElement("span");
    total.textContent = `/ ${timeText(whole, 1, whole)}`;
    element("clock").replaceChildren(text, total);
    overview.querySelector(".now").style.left = `${(100 * time) / this.view.seconds}%`;
    overview.setAttribute("aria-valuemin", "0");
    overview.setAttribute("aria-valuemax", whole.toFixed(1));
    overview.setAttribute("aria-valuenow", time.toFixed(1));
    overview.setAttribute("aria-valuetext", `${timeText(time, 1, whole)} of ${timeText(whole, 1, whole)}`);
  }

  stateChanged() {
    const play = element("play");
    play.classList.toggle("playing", this.player.isPlaying);
    play.setAttribute("aria-label", this.player.isPlaying ? "Pause" : "Play");
    this.frame();
  }

  seek(time) {
    this.player.seek(time);
    this.frame();
  }

  /* Brings the cursor into sight if it is not. */
  reveal() {
    const { view } = this;
    const { time } = this.player;
    if (time < view.start || time > view.end) view.reveal(time, 0.35);
    this.viewChanged();
  }

  /* The view was moved by hand, so it no longer follows while the player runs. */
  letGo() {
    if (this.player.isPlaying) this.follow(false);
  }

  follow(isFollowing) {
    this.isFollowing = isFollowing;
    element("follow").setAttribute("aria-pressed", String(isFollowing));
  }

  /* From note to note, read aloud. */
  step(isForward) {
    const note = this.notes.neighbour(this.chosen, this.player.time, isForward);
    if (!note) return;
    this.seek(note.onset);
    this.view.revealPitch(note.pitch);
    this.reveal();
    this.showTip(note);
    this.say(this.facts(note).join(", "));
  }

  /* What there is to say of a note. */
  facts(note) {
    const whole = this.notes.seconds;
    const length = (note.offset - note.onset).toFixed(2);
    const facts = [
      [pitchName(note.pitch), note.part?.name, this.notes.isCompared ? note.group.name : null]
        .filter(Boolean).join(" · "),
      `${timeText(note.onset, 2, whole)} – ${timeText(note.offset, 2, whole)} (${length} s)`,
      `velocity ${note.velocity}`,
    ];
    if (note.confidence !== null) facts.push(`confidence ${Math.round(note.confidence / 10)} %`);
    return facts;
  }

  /* Shows a note beside a place, or beside itself; null shows none. */
  showTip(note, place) {
    const tip = element("tip");
    if (note !== this.chosen) {
      this.chosen = note;
      this.frame();
    }
    tip.hidden = note === null;
    if (note === null) return;
    const [name, ...rest] = this.facts(note);
    const title = document.createElement("b");
    title.textContent = name;
    tip.replaceChildren(title, ...rest.map((fact) => {
      const line = document.createElement("div");
      line.textContent = fact;
      return line;
    }));
    const box = this.drawing.place(note);
    const { x, y } = place ?? { x: box.x, y: box.y };
    const left = clamp(x + 14, 4, Math.max(4, this.view.width - tip.offsetWidth - 4));
    const above = y - tip.offsetHeight - 12;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : Math.min(y + 18, this.view.height - tip.offsetHeight - 4)}px`;
  }

  say(text) { element("said").textContent = text; }
}

new Page(JSON.parse(element("data").textContent));
