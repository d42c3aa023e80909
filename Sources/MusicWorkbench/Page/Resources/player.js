/* Plays the recording and the notes by one clock, so that they stay together however long the piece is. */

class Player {
  constructor(notes, recording) {
    this.notes = notes;
    this.recording = recording;
    this.voices = new Voices();
    this.voices.prepare(notes.all);
    this.seconds = notes.seconds;
    this.gain = Voices.balance(notes.all, notes.seconds);
    this.mix = recording.count > 0 ? 0.5 : 1;
    this.isPlaying = false;
    this.place = 0;
    this.changed = () => {};
    this.failed = () => {};
    if (recording.count > 0) recording.piece(0).catch(() => {});
  }

  /* The time in the piece that is heard now. */
  get time() {
    if (!this.isPlaying) return this.place;
    const delay = this.context.outputLatency || this.context.baseLatency || 0;
    return clamp(this.context.currentTime - delay - this.zero, this.place, this.seconds);
  }

  /* The sound comes to life with the first touch, as browsers want it. */
  open() {
    if (this.context) return;
    this.context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    const limiter = new DynamicsCompressorNode(this.context, {
      threshold: -3, knee: 0, ratio: 20, attack: 0.002, release: 0.1,
    });
    limiter.connect(this.context.destination);
    this.outputs = { recording: new GainNode(this.context), notes: new GainNode(this.context) };
    this.outputs.recording.connect(limiter);
    this.outputs.notes.connect(limiter);
    this.applyMix();
  }

  /* The balance: 0 for the recording alone, 1 for the notes alone; both are as loud in the middle. */
  setMix(mix) {
    this.mix = mix;
    if (this.context) this.applyMix();
  }

  applyMix() {
    const now = this.context.currentTime;
    const angle = (this.mix * Math.PI) / 2;
    const { recording, notes } = this.outputs;
    recording.gain.setTargetAtTime(Math.cos(angle), now, 0.015);
    notes.gain.setTargetAtTime(Math.sin(angle) * this.gain, now, 0.015);
  }

  async play() {
    if (this.isPlaying || this.isStarting) return;
    this.isStarting = true;
    this.open();
    if (this.place >= this.seconds - 0.01) this.place = 0;
    await this.context.resume();
    this.isStarting = false;
    this.begin();
    this.timer = setInterval(() => this.schedule(), 100);
    this.changed();
  }

  pause() {
    if (!this.isPlaying) return;
    const { time } = this;
    this.halt();
    clearInterval(this.timer);
    this.isPlaying = false;
    this.place = time >= this.seconds ? this.seconds : time;
    this.changed();
  }

  toggle() { return this.isPlaying ? this.pause() : this.play(); }

  seek(time) {
    const wasPlaying = this.isPlaying;
    if (wasPlaying) this.halt();
    this.place = clamp(time, 0, this.seconds);
    if (wasPlaying) this.begin();
    this.changed();
  }

  /* Starts at the present place, a moment from now. */
  begin() {
    this.zero = this.context.currentTime + 0.06 - this.place;
    this.isPlaying = true;
    this.sounds = new Set();
    this.nextPiece = this.recording.count > 0 ? this.recording.index(this.place) : 0;
    this.nextNote = this.notes.after(this.place - 1e-9);
    this.awaited = null;
    for (const note of this.notes.between(this.place, this.place + 1e-6)) {
      if (note.onset < this.place) this.startNote(note, this.place - note.onset);
    }
    this.schedule();
  }

  /* Ends all that sounds or is about to. */
  halt() {
    const now = this.context.currentTime;
    for (const { source, gain } of this.sounds) {
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, 0.012);
      source.stop(now + 0.08);
    }
    this.sounds = new Set();
  }

  keep(sound) {
    if (!sound) return;
    const { sounds } = this;
    sounds.add(sound);
    sound.source.addEventListener("ended", () => sounds.delete(sound));
  }

  startNote(note, behind) {
    if (!note.group.isHeard) return;
    const onset = this.zero + note.onset;
    this.keep(this.voices.play(this.context, note, onset, behind, this.outputs.notes));
  }

  /* Hands to the clock what begins soon. */
  schedule() {
    const now = this.context.currentTime - this.zero;
    if (this.time >= this.seconds) return this.pause();
    for (; this.nextNote < this.notes.all.length; this.nextNote += 1) {
      const note = this.notes.all[this.nextNote];
      if (note.onset > now + Player.ahead) break;
      if (note.group.isShown) this.startNote(note, Math.max(0, now - note.onset));
    }
    if (this.nextPiece < this.recording.count && this.awaited === null) {
      const start = this.nextPiece * this.recording.pieceSeconds;
      if (start < now + Player.ahead + 6) this.startPiece(this.nextPiece);
    }
  }

  async startPiece(index) {
    const { sounds } = this;
    this.awaited = index;
    let piece;
    try {
      piece = await this.recording.piece(index);
    } catch {
      return this.failed();
    }
    // Another place may have been chosen while the piece was decoded.
    if (sounds !== this.sounds || !this.isPlaying) return;
    this.awaited = null;
    this.nextPiece = index + 1;
    const { currentTime } = this.context;
    const first = Math.max(this.place, currentTime + 0.01 - this.zero, piece.start);
    const rest = piece.start + piece.seconds - first;
    if (rest <= 0) return;
    const source = new AudioBufferSourceNode(this.context, { buffer: piece.buffer });
    const gain = new GainNode(this.context);
    source.connect(gain).connect(this.outputs.recording);
    if (first > piece.start) {
      gain.gain.setValueAtTime(0, this.zero + first);
      gain.gain.linearRampToValueAtTime(1, this.zero + first + 0.005);
    }
    source.start(this.zero + first, piece.offset + first - piece.start, rest);
    this.keep({ source, gain });
  }
}

/* Seconds that notes are handed over before they sound; enough for a page in the background. */
Player.ahead = 1.5;
