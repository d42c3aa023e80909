import Tensors

/// The texture of a part for a while.
enum Texture: Sendable {
  /// Notes of the scale in different lengths, mostly in steps.
  case melody
  /// Quick notes up or down the scale.
  case run
  /// Notes of the chord one after another.
  case arpeggio
  /// Notes of the chord together.
  case chords
  /// A note and its octave together.
  case octaves
  /// One note again and again.
  case repeated
  /// A long note.
  case held
  /// Two neighbours in quick alternation.
  case trill
  /// Any notes at any time.
  case scattered
  /// Silence.
  case rest
}

/// A writer of one part's notes.
struct PartWriter {
  let part: Part
  let harmony: Harmony
  /// Seconds per beat.
  let beat: Double
  /// The velocity at the middle of the piece's dynamics.
  let loudness: Double
  private(set) var notes: [NoteEvent] = []
  private var time = 0.0
  private var pitch: Int
  /// The length of notes as a share of the time to the next one.
  private var overlap = 1.0

  init(_ part: Part, harmony: Harmony, beat: Double, loudness: Double) {
    (self.part, self.harmony, self.beat, self.loudness) = (part, harmony, beat, loudness)
    pitch = part.centre
  }

  /// Writes textures one after another up to a time in seconds.
  mutating func write(until end: Double, using random: inout RandomStream) {
    time = random.uniform(0...beat)
    while time < end {
      let texture = random.choice(part.textures)
      let stop = min(end, time + beat * Double(1 + random.index(below: 8)))
      move(using: &random)
      write(texture, until: stop, using: &random)
    }
  }

  private mutating func write(
    _ texture: Texture,
    until stop: Double,
    using random: inout RandomStream
  ) {
    let step = beat / random.choice([(1, 2.0), (2, 3), (3, 1), (4, 2), (6, 0.3)])
    let quick = beat / random.choice([(3, 1.0), (4, 4), (6, 1), (8, 0.4)])
    var direction = random.happens(0.5) ? 1 : -1
    let size = 2 + random.index(below: 4)
    overlap = random.choice([(1, 6.0), (0.5, 1), (1.6, 1.5), (3, 1.5)])
    while time < stop {
      let chord = harmony.chord(at: time)
      var length = step
      switch texture {
      case .melody:
        length = step * random.choice([(1, 3.0), (2, 1.5), (3, 0.5), (0.5, 0.8)])
        sound([walk(harmony.scale, using: &random)], for: length, using: &random)
      case .run:
        length = quick
        sound([go(harmony.scale, &direction, using: &random)], for: length, using: &random)
      case .arpeggio:
        length = min(step, beat / 2)
        sound([go(chord, &direction, using: &random)], for: length, using: &random)
      case .chords:
        length = step * Double(1 + random.index(below: 3))
        move(using: &random)
        sound(stack(chord, size: size), for: length, using: &random)
      case .octaves:
        let low = walk(harmony.scale, using: &random)
        sound([low, low + 12], for: length, using: &random)
      case .repeated:
        length = min(step, beat / 2)
        sound(stack(chord, size: max(1, size - 2)), for: length, using: &random)
      case .held:
        length = beat * random.uniform(1.5...6)
        sound([Harmony.nearest(chord, to: pitch)], for: length, using: &random)
        move(using: &random)
      case .trill:
        length = max(0.06, beat / 8)
        let upper = Harmony.neighbour(harmony.scale, of: pitch, step: 1)
        direction = -direction
        sound([direction > 0 ? pitch : upper], for: length, using: &random)
      case .scattered:
        length = beat * random.uniform(0.1...1)
        let range = part.range
        pitch = range.lowerBound + random.index(below: range.count)
        sound([pitch], for: length * random.uniform(0.3...3), using: &random)
      case .rest: break
      }
      time += length
    }
  }

  /// Moves the pitch to another place in the register, the middle more likely than the edges.
  private mutating func move(using random: inout RandomStream) {
    let wish = part.centre + Int((Double(part.spread) * 0.5 * random.truncatedNormal()).rounded())
    pitch = Harmony.nearest(harmony.scale, to: wish)
  }

  /// Walks a step, seldom a leap, along the given pitch classes.
  private mutating func walk(_ classes: [Int], using random: inout RandomStream) -> Int {
    let toMiddle = pitch > part.centre ? -1 : 1
    let direction = random.happens(0.58) ? toMiddle : -toMiddle
    for _ in 0..<random.choice([(0, 0.7), (1, 5.0), (2, 2), (3, 0.8), (5, 0.4)]) {
      pitch = Harmony.neighbour(classes, of: pitch, step: direction)
    }
    return pitch
  }

  /// Goes to the next of the given pitch classes; turns at the edges of the register and, now and then, within it.
  private mutating func go(
    _ classes: [Int],
    _ direction: inout Int,
    using random: inout RandomStream
  ) -> Int {
    if random.happens(0.1) { direction = -direction }
    if pitch <= part.range.lowerBound { direction = 1 }
    if pitch >= part.range.upperBound { direction = -1 }
    pitch = Harmony.neighbour(classes, of: pitch, step: direction)
    return pitch
  }

  private func stack(_ chord: [Int], size: Int) -> [Int] {
    var pitches = [Harmony.nearest(chord, to: pitch)]
    while pitches.count < size {
      pitches.append(Harmony.neighbour(chord, of: pitches[pitches.count - 1], step: 1))
    }
    return pitches
  }

  /// Adds notes that begin now, with the small deviations of a player.
  private mutating func sound(
    _ pitches: [Int],
    for length: Double,
    using random: inout RandomStream
  ) {
    let range = Timbre.of(program: part.program).range
    let share = random.choice([(0.97, 4.0), (0.8, 1), (0.5, 0.5), (1.15, 1)])
    let accent = 7 * random.truncatedNormal()
    for pitch in pitches where range.contains(pitch) {
      let onset = max(0, time + 0.008 * random.truncatedNormal())
      let duration = max(0.03, length * overlap * share * random.uniform(0.85...1.1))
      let velocity = loudness + accent + 4 * random.truncatedNormal()
      notes.append(
        NoteEvent(
          onset: onset,
          offset: onset + duration,
          pitch: pitch,
          velocity: min(127, max(8, Int(velocity.rounded()))),
          program: part.program
        )
      )
    }
  }
}
