/* The notes of the piece, in order of onset, and ways to find them. */

const NAMES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const isBlack = (pitch) => [1, 3, 6, 8, 10].includes(pitch % 12);
const pitchName = (pitch) => NAMES[pitch % 12] + (Math.floor(pitch / 12) - 1);
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/* Minutes and seconds; a piece of less than a minute has seconds only. */
function timeText(seconds, digits, whole) {
  const unit = 10 ** digits;
  const rounded = Math.round(Math.max(0, seconds) * unit);
  const minutes = Math.floor(rounded / (60 * unit));
  const rest = ((rounded - minutes * 60 * unit) / unit).toFixed(digits);
  if (whole < 60 && minutes === 0) return `${rest} s`;
  const padded = rest.padStart(digits > 0 ? digits + 3 : 2, "0");
  if (minutes < 60) return `${minutes}:${padded}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${padded}`;
}

/* A set of notes that is told apart by its colour and can be switched off: a part, or a verdict. */
class Group {
  constructor(name, color, style, isHeard) {
    Object.assign(this, { name, color, style, isHeard, isShown: true, count: 0 });
  }
}

class Notes {
  constructor(data) {
    this.seconds = data.seconds;
    this.parts = data.parts;
    this.isCompared = data.compared;
    this.groups = Notes.groups(data);
    const places = Object.fromEntries(data.fields.map((name, index) => [name, index]));
    this.all = data.notes.map((row) => {
      const onset = row[places.onset] / data.unit;
      const part = row[places.part];
      const verdict = row[places.verdict];
      const note = {
        onset,
        offset: onset + row[places.duration] / data.unit,
        pitch: row[places.pitch],
        velocity: row[places.velocity],
        confidence: row[places.confidence],
        part: data.parts[part],
        group: this.groups[data.compared ? verdict : Math.max(0, part)],
      };
      note.group.count += 1;
      return note;
    });
    // The latest end of the notes up to each one.
    let latest = 0;
    this.ends = this.all.map((note) => (latest = Math.max(latest, note.offset)));
  }

  static groups(data) {
    if (data.compared) {
      return [
        new Group("right", "--right", "plain", true),
        new Group("extra", "--extra", "hatched", true),
        new Group("missed", "--missed", "hollow", false),
      ];
    }
    if (data.parts.length === 0) return [new Group("notes", "--note-0", "plain", true)];
    return data.parts.map(
      (part, index) => new Group(part.name, `--note-${index % 7}`, "plain", true)
    );
  }

  /* The first index whose value is beyond the limit; the values must ascend. */
  static first(count, value, limit) {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value(middle) > limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /* The index of the first note that begins after a time. */
  after(time) {
    return Notes.first(this.all.length, (index) => this.all[index].onset, time);
  }

  /* The notes that sound somewhere between two times, of the groups that are shown. */
  *between(start, end) {
    let index = Notes.first(this.ends.length, (place) => this.ends[place], start);
    for (; index < this.all.length && this.all[index].onset < end; index += 1) {
      const note = this.all[index];
      if (note.offset > start && note.group.isShown) yield note;
    }
  }

  /* The note at a time and a pitch that began last. */
  at(time, pitch, reach) {
    let found = null;
    for (const note of this.between(time - reach, time + reach)) {
      if (note.pitch === pitch) found = note;
    }
    return found;
  }

  /* The shown note that comes after another one, or after a time where there is none; or before. */
  neighbour(note, time, isForward) {
    const step = isForward ? 1 : -1;
    let index = note ? this.all.indexOf(note) + step : this.after(time) - (isForward ? 0 : 1);
    while (this.all[index] && !this.all[index].group.isShown) index += step;
    return this.all[index] ?? null;
  }

  /* The lowest and the highest pitch; those of a short keyboard where there are no notes. */
  get pitches() {
    if (this.all.length === 0) return [48, 84];
    let [low, high] = [127, 0];
    for (const note of this.all) {
      low = Math.min(low, note.pitch);
      high = Math.max(high, note.pitch);
    }
    return [low, high];
  }
}
