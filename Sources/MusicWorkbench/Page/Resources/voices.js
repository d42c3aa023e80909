/* How notes sound: a tone is made once for each kind of instrument and pitch, and played as often as it occurs. */

/* Kinds of instruments by General MIDI program, the first that holds it. */
const KINDS = [
  { name: "plucked", programs: [[6, 7], [15, 15], [24, 39], [45, 46], [104, 111]] },
  { name: "organ", programs: [[16, 23]] },
  { name: "bowed", programs: [[40, 44], [48, 51]] },
  { name: "voice", programs: [[52, 54], [80, 103]] },
  { name: "brass", programs: [[56, 63]] },
  { name: "reed", programs: [[64, 71]] },
  { name: "flute", programs: [[72, 79]] },
];

/* The level of each partial, for instruments that sound as long as they are played, and their rise in seconds. */
const HELD = {
  organ: { rise: 0.02, vibrato: 0, level: (k) => ([1, 0.7, 0.35, 0.45, 0, 0.2, 0, 0.15][k - 1] ?? 0) },
  bowed: { rise: 0.07, vibrato: 10, level: (k) => (1 / k) * (k % 5 === 0 ? 0.5 : 1) },
  voice: { rise: 0.08, vibrato: 12, level: (k) => 1 / k ** 1.6 },
  brass: { rise: 0.04, vibrato: 4, level: (k) => Math.min(1, 0.5 + k / 6) / k ** 1.2 },
  reed: { rise: 0.04, vibrato: 5, level: (k) => (k % 2 === 0 ? 0.25 : 1) / k ** 1.1 },
  flute: { rise: 0.06, vibrato: 8, level: (k) => [1, 0.35, 0.12, 0.05, 0.02][k - 1] ?? 0 },
};

class Voices {
  constructor() { this.tones = new Map(); }

  static kind(note) {
    const program = note.part?.program ?? 0;
    const isIn = ([low, high]) => low <= program && program <= high;
    return KINDS.find((kind) => kind.programs.some(isIn))?.name ?? "struck";
  }

  tone(kind, pitch) {
    const name = `${kind} ${pitch}`;
    if (!this.tones.has(name)) {
      const make = HELD[kind] ? Voices.heldTone : Voices.fallingTone;
      this.tones.set(name, make(kind, 440 * 2 ** ((pitch - 69) / 12)));
    }
    return this.tones.get(name);
  }

  /* Makes the tones of all notes while nothing else is to do. */
  prepare(notes) {
    const names = new Set(notes.map((note) => `${Voices.kind(note)} ${note.pitch}`));
    const rest = [...names].map((name) => name.split(" "));
    const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 30));
    const next = () => {
      const [kind, pitch] = rest.pop() ?? [];
      if (!kind) return;
      this.tone(kind, Number(pitch));
      later(next);
    };
    later(next);
  }

  /* A string that is struck or plucked: partials that die away, the high ones first. */
  static fallingTone(kind, frequency) {
    const isPlucked = kind === "plucked";
    const fall = (isPlucked ? 0.7 : 1.4) * (261.6 / frequency) ** 0.55;
    const count = Math.round(RATE * clamp(3.5 * fall, 0.5, 5));
    const samples = new Float32Array(count);
    const stiffness = isPlucked ? 1e-5 : 3.5e-4 * (frequency / 261.6) ** 0.9;
    for (let k = 1; k <= 24; k += 1) {
      const partial = frequency * k * Math.sqrt((1 + stiffness * k * k) / (1 + stiffness));
      if (partial > 9000) break;
      const struck = 0.15 + Math.abs(Math.sin(Math.PI * k * (isPlucked ? 0.18 : 0.124)));
      const level = struck / k ** (isPlucked ? 1.1 : 1.35);
      const time = fall / (1 + 0.22 * (k - 1));
      Voices.addPartial(samples, partial, level, time);
      // The second string of a piano sounds longer, and beats with the first.
      if (!isPlucked && k <= 6) Voices.addPartial(samples, partial * 1.0004, level * 0.4, time * 2.2);
    }
    const rise = Math.round(RATE * (isPlucked ? 0.001 : 0.0025));
    for (let index = 0; index < rise; index += 1) samples[index] *= index / rise;
    const end = Math.round(count * 0.2);
    for (let index = 0; index < end; index += 1) samples[count - 1 - index] *= index / end;
    return Voices.buffer(samples, { length: null, rate: 1 });
  }

  /* Adds a sine wave that falls to 1/e in a time; each sample follows from the two before it. */
  static addPartial(samples, frequency, level, time) {
    const angle = (2 * Math.PI * frequency) / RATE;
    const keep = Math.exp(-1 / (time * RATE));
    const turn = 2 * keep * Math.cos(angle);
    const square = keep * keep;
    let before = 0;
    let now = level * keep * Math.sin(angle);
    for (let index = 1; index < samples.length; index += 1) {
      samples[index] += now;
      const next = turn * now - square * before;
      before = now;
      now = next;
    }
  }

  /* About a second of an even tone that joins its own beginning. */
  static heldTone(kind, frequency) {
    const cycles = Math.round(frequency);
    const samples = new Float32Array(RATE);
    for (let k = 1; k <= 24 && k * frequency < 9000; k += 1) {
      const level = HELD[kind].level(k);
      if (level > 0) Voices.addPartial(samples, k * cycles, level, Infinity);
    }
    return Voices.buffer(samples, { length: 1, rate: frequency / cycles });
  }

  /* The samples as a buffer of even loudness: 0.1 in the root mean square of its first half second. */
  static buffer(samples, form) {
    const heard = Math.min(samples.length, RATE / 2);
    let power = 0;
    for (let index = 0; index < heard; index += 1) power += samples[index] ** 2;
    const gain = 0.1 / Math.sqrt(power / heard + 1e-12);
    for (let index = 0; index < samples.length; index += 1) samples[index] *= gain;
    const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE, numberOfChannels: 1 });
    buffer.copyToChannel(samples, 0);
    return { buffer, ...form };
  }

  /* How loud a note of a velocity is, as a factor. */
  static loudness(velocity) { return (velocity / 127) ** 1.6; }

  /* The factor that brings the notes of a piece to 0.1 in the root mean square. */
  static balance(notes, seconds) {
    let power = 0;
    for (const note of notes) {
      if (!note.group.isHeard) continue;
      power += (0.1 * Voices.loudness(note.velocity)) ** 2 * Math.min(note.offset - note.onset, 1);
    }
    return clamp(0.1 / Math.sqrt(power / Math.max(seconds, 1) + 1e-9), 0.3, 6);
  }

  /* Plays a note whose onset is at a time of the context, from so many seconds behind its onset on. */
  play(context, note, onset, behind, output) {
    const kind = Voices.kind(note);
    const held = HELD[kind];
    const tone = this.tone(kind, note.pitch);
    if (!held && behind >= tone.buffer.duration) return null;
    const source = new AudioBufferSourceNode(context, {
      buffer: tone.buffer,
      loop: tone.length !== null,
      playbackRate: tone.rate,
    });
    // Soft notes are dull.
    const cutoff = clamp((2 ** ((note.pitch - 69) / 12)) * 440 * (2 + note.velocity / 16), 500, 12000);
    const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: cutoff, Q: 0.5 });
    const gain = new GainNode(context, { gain: 0 });
    const level = Voices.loudness(note.velocity);
    const start = onset + behind;
    const end = Math.max(onset + (note.offset - note.onset), start + 0.02);
    const rise = held && behind === 0 ? held.rise : 0.002;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(level, Math.min(start + rise, end));
    gain.gain.setValueAtTime(level, end);
    gain.gain.setTargetAtTime(0, end, held ? 0.04 : 0.09);
    if (held?.vibrato) this.vibrato(context, held.vibrato).connect(source.detune);
    source.connect(filter).connect(gain).connect(output);
    source.start(start, held ? 0 : behind);
    source.stop(end + 0.6);
    source.onended = () => gain.disconnect();
    return { source, gain };
  }

  /* A slow wave of so many cents that all held tones share. */
  vibrato(context, cents) {
    this.waves ??= new Map();
    if (!this.waves.has(cents)) {
      const wave = new OscillatorNode(context, { frequency: 5.3 });
      const depth = new GainNode(context, { gain: cents });
      wave.connect(depth);
      wave.start();
      this.waves.set(cents, depth);
    }
    return this.waves.get(cents);
  }
}
