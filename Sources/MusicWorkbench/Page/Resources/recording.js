/* The recording: MP3 files of some seconds each that stand in the page, decoded when they are needed. */

const RATE = 44100;

class Recording {
  /* - sound: rate, frames, frames of a piece, frames of its margins, the delay of decoders. */
  constructor(sound) {
    this.sound = sound;
    this.texts = document.getElementsByClassName("sound");
    this.decoded = new Map();
    // Decodes without a device, so before the reader has touched anything.
    this.decoder = this.count > 0 ? new OfflineAudioContext(1, 1, RATE) : null;
  }

  get count() { return this.sound ? this.texts.length : 0; }
  get pieceSeconds() { return this.sound.piece / this.sound.rate; }

  /* The piece that holds a time. */
  index(time) { return clamp(Math.floor(time / this.pieceSeconds), 0, this.count - 1); }

  /* A promise of a piece: its samples, where its first one lies in them, its start and its length, in seconds. */
  piece(index) {
    const known = this.decoded.get(index) ?? this.decode(index);
    this.decoded.delete(index);
    this.decoded.set(index, known);
    for (const old of this.decoded.keys()) {
      if (this.decoded.size <= Recording.kept) break;
      this.decoded.delete(old);
    }
    return known;
  }

  async decode(index) {
    const { rate, frames, piece, margin } = this.sound;
    const start = index * piece;
    const before = Math.min(margin, start);
    const count = Math.min(piece, frames - start);
    const text = atob(this.texts[index].textContent.trim());
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const coded = Recording.codedFrames(bytes);
    const buffer = await this.decoder.decodeAudioData(bytes.buffer);
    // Some decoders take away the samples that come before the first one, others do not.
    const isWhole = buffer.duration * rate > coded - this.sound.delay / 2;
    const skipped = before + (isWhole ? this.sound.delay : 0);
    return { buffer, offset: skipped / rate, start: start / rate, seconds: count / rate };
  }

  /* The samples that an MP3 file of one channel holds in its frames, which the tag behind its first 21 bytes counts. */
  static codedFrames(bytes) { return new DataView(bytes.buffer).getUint32(29) * 1152; }
}

/* Pieces that are kept decoded; each takes some megabytes. */
Recording.kept = 5;
