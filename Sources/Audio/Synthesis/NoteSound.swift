import Tensors

/// The partials of a note and what they have in common.
struct NoteSound {
  private(set) var partials: [rse_partial] = []
  let shape: rse_note

  /// - Parameters:
  ///   - end: the time of the sound's release, in seconds.
  ///   - synthesiser: the source of the sample rate and the conditions.
  ///   - random: the random stream of what differs between notes.
  init(
    _ note: NoteEvent,
    end: Double,
    of synthesiser: Synthesiser,
    using random: inout RandomStream
  ) {
    let rate = synthesiser.rate
    let program = note.program ?? synthesiser.program
    let timbre = Timbre.of(program: program)
    let force = Double(min(note.velocity, 127)) / 127
    shape = Self.shape(note, end: end, timbre, rate: rate, using: &random)
    let string = UInt32(truncatingIfNeeded: program * 128 + note.pitch)
    var body = synthesiser.source.stream(.instrument, UInt32(truncatingIfNeeded: program))
    var own = synthesiser.source.stream(.string, string)
    addPartials(
      timbre.varied(by: synthesiser.conditions.variety, using: &body),
      pitch: Double(note.pitch),
      tuning: synthesiser.conditions.tuning,
      force: force,
      rate: rate,
      variety: synthesiser.conditions.variety,
      own: &own,
      using: &random
    )
  }

  /// - Parameters:
  ///   - own: the random stream of what is constant for this string.
  private mutating func addPartials(
    _ timbre: Timbre,
    pitch: Double,
    tuning: Double,
    force: Double,
    rate: Double,
    variety: Double,
    own: inout RandomStream,
    using random: inout RandomStream
  ) {
    let mistuning = 1.5 * variety * own.truncatedNormal()
    let fundamental = Pitch.frequency(pitch + (tuning + mistuning) / 100)
    let b = timbre.inharmonicity(pitch: pitch)
    let detuning = Real.exp2(own.uniform(0.3...1.2) / 1200)
    var power = 0.0
    for k in 1...Synthesiser.mostPartials {
      let stretch = ((1 + b * Double(k * k)) / (1 + b)).squareRoot()
      let frequency = Double(k) * fundamental * stretch
      guard frequency * detuning < 0.45 * rate else { break }
      var level = timbre.level(partial: k, frequency: frequency, pitch: pitch, force: force)
      level += 3 * variety * own.truncatedNormal()
      guard level > -90 else { continue }
      let amplitude = Decibels.factor(level)
      power += amplitude * amplitude / 2
      let fall = timbre.decayTime(pitch: pitch, partial: k).map { 1 / ($0 * rate) } ?? 0
      partials.append(
        rse_partial(
          step: frequency / rate,
          phase: Float(random.uniformDouble()),
          level: Float(amplitude),
          decay: Float(fall)
        )
      )
      // The second string of the lower partials decays more slowly, and beats with the first.
      guard timbre.strings > 1, k <= 12 else { continue }
      partials.append(
        rse_partial(
          step: frequency * detuning / rate,
          phase: Float(random.uniformDouble()),
          level: Float(0.35 * amplitude),
          decay: Float(0.35 * fall)
        )
      )
    }
    precondition(partials.count <= Int(RSE_PARTIALS), "the kernel's room for partials")
    guard power > 0 else { return }
    let level = Float(Self.loudness(force) / power.squareRoot())
    for index in partials.indices { partials[index].level *= level }
  }

  /// Returns the root mean square of a note struck with a force of 0 … 1.
  ///
  /// Both numbers are chosen, not measured: with 0.12, a few notes of full force together stay below the largest sample of 1;
  /// with 1.6, half the force sounds 9.6 dB softer.
  private static func loudness(_ force: Double) -> Double { 0.12 * Real.pow(force, 1.6) }

  private static func shape(
    _ note: NoteEvent,
    end: Double,
    _ timbre: Timbre,
    rate: Double,
    using random: inout RandomStream
  ) -> rse_note {
    let force = Double(min(note.velocity, 127)) / 127
    let held = max(1, (end - note.onset) * rate)
    // Soft notes rise slowly; short ones lack the time.
    let slowest = timbre.attack.upperBound - timbre.attack.lowerBound
    let wish = timbre.attack.lowerBound + slowest * random.uniform(0...1) * (1.3 - force)
    let attack = max(1, min(wish * rate, held * 0.6))
    let isHeld = timbre.decay == nil
    let vibrato = timbre.vibrato * random.uniform(0...1.6)
    let beat = random.uniform(4.8...6.4) / rate
    let level = loudness(force)
    let noisePitch = timbre.noisePitch * Real.exp2(random.uniform(-0.4...0.4))
    return rse_note(
      held: held,
      attack: Float(attack),
      release: Float(max(1, timbre.release * random.uniform(0.7...1.4) * rate)),
      swell: isHeld ? Float(random.uniform(-0.35...0.35)) : 0,
      vibrato_step: Float(beat),
      vibrato_reach: Float((Real.exp2(vibrato / 1200) - 1) / (2 * .pi * beat)),
      vibrato_onset: Float(1 / (random.uniform(0.15...0.5) * rate)),
      tremolo: Float(0.006 * vibrato),
      noise: Float(timbre.noise * level),
      burst: Float(timbre.burst * level * random.uniform(0.4...1.5)),
      burst_decay: Float(1 / (timbre.burstTime * rate)),
      noise_pitch: Float(min(0.9, 2 * Real.sin(.pi * min(0.15, noisePitch / rate)))),
      noise_width: 1.2,
      noise_key: random.next32()
    )
  }
}

extension Timbre {
  /// Returns the timbre of another instrument of the kind, with its own resonances.
  func varied(by variety: Double, using random: inout RandomStream) -> Timbre {
    guard variety > 0 else { return self }
    var varied = self
    varied.tilt = max(1, tilt + 1.2 * variety * random.truncatedNormal())
    if let strike { varied.strike = strike * Real.exp2(0.4 * variety * random.truncatedNormal()) }
    if let decay { varied.decay = decay * Real.exp2(0.5 * variety * random.truncatedNormal()) }
    varied.inharmonicity *= Real.exp2(0.6 * variety * random.truncatedNormal())
    for index in varied.resonances.indices {
      varied.resonances[index].frequency *= Real.exp2(0.15 * variety * random.truncatedNormal())
    }
    for _ in 0..<4 {
      let frequency = 80 * Real.exp2(random.uniform(0...5.5))
      let gain = 4 * variety * random.truncatedNormal()
      let width = random.uniform(0.2...0.6)
      varied.resonances.append(Resonance(frequency: frequency, gain: gain, width: width))
    }
    return varied
  }
}
