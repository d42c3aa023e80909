/* What part of the piece is seen: times to the right, pitches upwards, in CSS pixels of the roll. */

const RULER = 26;

class View {
  constructor(notes) {
    this.seconds = Math.max(notes.seconds, 0.1);
    [this.lowest, this.highest] = notes.pitches;
    // Room for an octave at least, and for a key on either side.
    const missing = Math.max(0, 11 - (this.highest - this.lowest));
    this.lowest = Math.max(0, this.lowest - 1 - Math.floor(missing / 2));
    this.highest = Math.min(127, this.highest + 1 + Math.ceil(missing / 2));
    this.width = 0;
    this.height = 0;
    this.start = 0;
    this.bottom = this.lowest - 0.5;
    this.scale = 0;
    this.key = 0;
  }

  /* The width of the keyboard at the left. */
  get left() { return this.width < 560 ? 40 : 54; }
  get roll() { return Math.max(1, this.width - this.left); }
  get column() { return Math.max(1, this.height - RULER); }
  get end() { return this.start + this.roll / this.scale; }
  get top() { return this.bottom + this.column / this.key; }

  x(time) { return this.left + (time - this.start) * this.scale; }
  /* The upper edge of the row of a pitch. */
  y(pitch) { return this.height - (pitch + 0.5 - this.bottom) * this.key; }
  time(x) { return this.start + (x - this.left) / this.scale; }
  pitch(y) { return Math.round(this.bottom + (this.height - y) / this.key); }

  /* Takes a new size; what was seen at the left and in the middle stays there, and all stays all. */
  resize(width, height) {
    const isFirst = this.width === 0;
    const middle = this.bottom + this.column / Math.max(this.key, 1e-9) / 2;
    const [wasWhole, wasTall] = [this.isWhole, this.isTall];
    [this.width, this.height] = [width, height];
    if (isFirst) {
      this.scale = Math.max(this.leastScale, this.roll / clamp(this.roll / 50, 8, 20));
      this.key = Math.max(this.leastKey, 6);
      this.bottom = (this.lowest + this.highest) / 2 - this.column / this.key / 2;
    } else {
      this.bottom = middle - this.column / this.key / 2;
      if (wasWhole) this.scale = 0;
      if (!wasTall) this.key = 0;
    }
    this.limit();
  }

  get leastScale() { return this.roll / (this.seconds * 1.02); }
  get leastKey() { return this.column / (this.highest - this.lowest + 1); }
  get isWhole() { return this.scale <= this.leastScale * 1.001; }
  get isTall() { return this.key > this.leastKey * 1.001; }

  limit() {
    this.scale = clamp(this.scale, this.leastScale, Math.max(this.leastScale, 4000));
    this.key = clamp(this.key, this.leastKey, Math.max(this.leastKey, 48));
    const overhang = this.seconds * 1.02 - this.roll / this.scale;
    this.start = clamp(this.start, 0, Math.max(0, overhang));
    this.bottom = clamp(
      this.bottom,
      this.lowest - 0.5,
      Math.max(this.lowest - 0.5, this.highest + 0.5 - this.column / this.key)
    );
  }

  showAll() {
    this.scale = 0;
    this.key = 0;
    this.limit();
  }

  move(seconds, pitches) {
    this.start += seconds;
    this.bottom += pitches;
    this.limit();
  }

  /* Changes the scales around a point that stays where it is. */
  zoom(times, keys, x, y) {
    const time = this.time(x);
    const pitch = this.bottom + (this.height - y) / this.key;
    this.scale *= times;
    this.key *= keys;
    this.limit();
    this.start = time - (x - this.left) / this.scale;
    this.bottom = pitch - (this.height - y) / this.key;
    this.limit();
  }

  /* Brings a time into sight, at a share of the width. */
  reveal(time, share) {
    this.start = time - (this.roll / this.scale) * share;
    this.limit();
  }

  /* Brings a pitch into sight. */
  revealPitch(pitch) {
    this.bottom = clamp(this.bottom, pitch + 1.5 - this.column / this.key, pitch - 1.5);
    this.limit();
  }
}
