/* Paints the roll, the cursor above it and the overview below. */

/* A canvas that has as many pixels as the screen has at its place. */
class Sheet {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  resize(width, height) {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    [this.width, this.height, this.ratio] = [width, height, ratio];
  }

  clear() { this.context.clearRect(0, 0, this.width, this.height); }
}

class Drawing {
  constructor(notes, view, roll, cursor, overview) {
    this.notes = notes;
    this.view = view;
    this.roll = new Sheet(roll);
    this.cursor = new Sheet(cursor);
    this.overview = new Sheet(overview);
    this.readColors();
  }

  /* Takes the colours of the style sheet, which depend on the scheme that the reader prefers. */
  readColors() {
    const style = getComputedStyle(document.documentElement);
    this.colors = new Proxy({}, {
      get: (known, name) => (known[name] ??= style.getPropertyValue(name).trim()),
    });
    this.hatches = new Map();
  }

  /* Diagonal lines in a colour, as a pattern. */
  hatch(context, color, ratio) {
    if (!this.hatches.has(color)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = Math.round(6 * ratio);
      const pen = tile.getContext("2d");
      pen.scale(ratio, ratio);
      pen.strokeStyle = color;
      pen.lineWidth = 2;
      for (const shift of [-6, 0, 6]) {
        pen.moveTo(shift - 1, 7);
        pen.lineTo(shift + 7, -1);
      }
      pen.stroke();
      const pattern = context.createPattern(tile, "repeat");
      pattern.setTransform(new DOMMatrix().scale(1 / ratio));
      this.hatches.set(color, pattern);
    }
    return this.hatches.get(color);
  }

  /* A box in the style of a group; colour and style both tell what it is. */
  box(sheet, group, x, y, width, height, strength) {
    const pen = sheet.context;
    const color = this.colors[group.color];
    pen.globalAlpha = strength;
    pen.fillStyle = group.style === "hatched" ? this.hatch(pen, color, sheet.ratio) : color;
    if (width < 3 || height < 3) {
      pen.fillRect(x, y, width, height);
      pen.globalAlpha = 1;
      return;
    }
    pen.beginPath();
    pen.roundRect(x, y, width, height, Math.min(3, height / 3, width / 3));
    if (group.style !== "hollow") pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = color;
    pen.lineWidth = group.style === "plain" ? 1 : 1.5;
    pen.setLineDash(group.style === "hollow" ? [4, 2.5] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  drawRoll() {
    const { view } = this;
    const sheet = this.roll;
    const pen = sheet.context;
    pen.fillStyle = this.colors["--sheet"];
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.save();
    pen.beginPath();
    pen.rect(view.left, RULER, view.roll, view.column);
    pen.clip();
    this.drawRows(pen);
    this.drawGrid(pen);
    for (const note of this.notes.between(view.start, view.end)) {
      const box = this.place(note);
      if (box.y > sheet.height || box.y + box.height < RULER) continue;
      this.box(sheet, note.group, box.x, box.y, box.width, box.height, Drawing.strength(note));
    }
    pen.restore();
    this.drawKeys(pen, new Set());
    this.drawRuler(pen);
  }

  /* Where a note stands. */
  place(note) {
    const { view } = this;
    const gap = view.key > 8 ? 1 : 0;
    const x = view.x(note.onset);
    return {
      x,
      y: view.y(note.pitch) + gap,
      width: Math.max(1.5, view.x(note.offset) - x - 0.5),
      height: Math.max(1, view.key - 2 * gap),
    };
  }

  /* Loud notes are strong in colour. */
  static strength(note) { return 0.35 + (0.65 * note.velocity) / 127; }

  drawRows(pen) {
    const { view } = this;
    for (let pitch = Math.floor(view.bottom); pitch <= view.top + 1; pitch += 1) {
      const y = view.y(pitch);
      if (isBlack(((pitch % 12) + 12) % 12)) {
        pen.fillStyle = this.colors["--black-row"];
        pen.fillRect(view.left, y, view.roll, view.key);
      }
      const isOctave = pitch % 12 === 0;
      if (!isOctave && view.key < 7) continue;
      pen.fillStyle = this.colors[isOctave ? "--octave" : "--grid"];
      pen.fillRect(view.left, y + view.key - 0.5, view.roll, 1);
    }
  }

  /* The seconds between two ticks, so that their labels have room. */
  get step() {
    const least = 64 / this.view.scale;
    return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800]
      .find((step) => step >= least) ?? 3600;
  }

  *ticks() {
    const step = this.step;
    const first = Math.ceil(this.view.start / step);
    for (let index = first; index * step <= this.view.end; index += 1) yield index * step;
  }

  drawGrid(pen) {
    pen.fillStyle = this.colors["--grid"];
    for (const time of this.ticks()) {
      pen.fillRect(Math.round(this.view.x(time)) - 0.5, RULER, 1, this.view.column);
    }
  }

  drawRuler(pen) {
    const { view } = this;
    pen.fillStyle = this.colors["--panel"];
    pen.fillRect(0, 0, view.width, RULER);
    pen.fillStyle = this.colors["--octave"];
    pen.fillRect(0, RULER - 1, view.width, 1);
    pen.fillStyle = this.colors["--pale"];
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    const digits = this.step < 0.1 ? 2 : this.step < 1 ? 1 : 0;
    for (const time of this.ticks()) {
      const x = view.x(time);
      pen.fillRect(Math.round(x) - 0.5, RULER - 6, 1, 5);
      if (x > view.width - 16) break;
      pen.textAlign = x < view.left + 4 ? "left" : "center";
      pen.fillText(timeText(time, digits, this.notes.seconds), x, RULER / 2 - 1);
    }
  }

  /* The keyboard at the left; some keys are pressed. */
  drawKeys(pen, pressed) {
    const { view } = this;
    const { left, key } = view;
    pen.save();
    pen.beginPath();
    pen.rect(0, RULER, left, view.column);
    pen.clip();
    pen.fillStyle = this.colors["--white-key"];
    pen.fillRect(0, RULER, left, view.column);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.font = `${clamp(key * 0.8, 10, 12)}px system-ui, sans-serif`;
    for (let pitch = Math.floor(view.bottom); pitch <= view.top + 1; pitch += 1) {
      if (pitch < 0 || pitch > 127) continue;
      const y = view.y(pitch);
      const black = isBlack(pitch);
      if (pressed.has(pitch) || black) {
        pen.fillStyle = this.colors[pressed.has(pitch) ? "--pressed" : "--black-key"];
        pen.fillRect(0, y, black ? left * 0.55 : left, key);
      }
      if (pitch % 12 === 0 || (pitch % 12 === 5 && key >= 3)) {
        pen.fillStyle = this.colors["--octave"];
        pen.fillRect(0, y + key - 0.5, left, 1);
      }
      if (pitch % 12 === 0 || (key >= 12 && !black)) {
        pen.fillStyle = this.colors["--key-ink"];
        pen.fillText(pitchName(pitch), left - 5, y + key / 2 + 0.5);
      }
    }
    pen.fillStyle = this.colors["--octave"];
    pen.fillRect(left - 1, RULER, 1, view.column);
    pen.restore();
  }

  /* The cursor, and what sounds there; a note that was chosen has a frame. */
  drawCursor(time, isPlaying, chosen) {
    const { view } = this;
    const pen = this.cursor.context;
    this.cursor.clear();
    const pressed = new Set();
    pen.save();
    pen.beginPath();
    pen.rect(view.left, 0, view.roll, view.height);
    pen.clip();
    pen.strokeStyle = this.colors["--ink"];
    const frame = (note, width) => {
      const box = this.place(note);
      pen.lineWidth = width;
      pen.strokeRect(box.x - 1, box.y - 1, box.width + 2, box.height + 2);
    };
    for (const note of isPlaying ? this.notes.between(time, time + 1e-6) : []) {
      if (!note.group.isHeard) continue;
      pressed.add(note.pitch);
      frame(note, 1.5);
    }
    if (chosen) frame(chosen, 2.5);
    const x = view.x(time);
    pen.fillStyle = this.colors["--cursor"];
    pen.fillRect(x - 1, RULER - 7, 2, view.height);
    pen.beginPath();
    pen.moveTo(x - 6, RULER - 13);
    pen.lineTo(x + 6, RULER - 13);
    pen.lineTo(x, RULER - 3);
    pen.fill();
    pen.restore();
    if (pressed.size > 0) this.drawKeys(pen, pressed);
  }

  /* All notes in a strip. */
  drawOverview() {
    const sheet = this.overview;
    const { lowest, highest, seconds } = this.view;
    sheet.clear();
    const height = (sheet.height - 6) / (highest - lowest + 1);
    for (const note of this.notes.between(-1, seconds + 1)) {
      const pen = sheet.context;
      pen.globalAlpha = 0.75;
      pen.fillStyle = this.colors[note.group.color];
      pen.fillRect(
        (note.onset / seconds) * sheet.width,
        3 + (highest - note.pitch) * height,
        Math.max(0.75, ((note.offset - note.onset) / seconds) * sheet.width),
        Math.max(1, height)
      );
    }
  }
}
