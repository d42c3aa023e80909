import Tensors

/// How an instrument sounds: the strength of its partials, their rise and fall, its noise.
struct Timbre: Sendable {
  /// A stretch of frequencies that an instrument's body makes louder.
  struct Resonance: Sendable {
    /// Its middle, in Hz.
    var frequency: Double
    /// How much louder, in dB.
    var gain: Double
    /// The distance at which the gain has fallen to 1/e, in octaves.
    var width: Double
  }

  /// The fall of the partials' level per octave, in dB, for a middle C of medium loudness.
  var tilt: Double
  /// How much steeper the fall gets per octave of pitch, in dB per octave.
  var tiltGrowth = 1.0
  /// The level of even partials, in dB.
  var even = 0.0
  /// Where the string is struck or plucked, as a share of its length; nil for other instruments.
  var strike: Double?
  /// What the body makes louder.
  var resonances: [Resonance] = []
  /// B of f(k) = k f √(1 + B k²) for middle C; it doubles every 8 semitones, and below the great
  /// octave it grows again.
  var inharmonicity = 0.0
  /// Strings per note, slightly out of tune with each other.
  var strings = 1
  /// The time in which the first partial of middle C falls to 1/e, in seconds; nil for instruments
  /// that sound for as long as they are played.
  var decay: Double?
  /// Shortest and longest rise, in seconds.
  var attack: ClosedRange<Double>
  /// The time in which the sound falls to 1/e after its end, in seconds.
  var release: Double
  /// The usual width of vibrato, in cents.
  var vibrato = 0.0
  /// The level of lasting noise, against partials of level 1.
  var noise = 0.0
  /// The level of the noise of the beginning, against partials of level 1.
  var burst = 0.0
  /// How long that noise lasts, in seconds.
  var burstTime = 0.02
  /// The middle of the noise, in Hz.
  var noisePitch = 1500.0
  /// Whether a pedal keeps notes sounding.
  var hasPedal = false
  /// The pitches that the instrument plays.
  var range: ClosedRange<Int>

  /// The time in which a partial falls to 1/e, in seconds; nil if it does not fall.
  func decayTime(pitch: Double, partial: Int) -> Double? {
    decay.map { $0 * Real.exp2(-(pitch - 60) / 14) / (1 + 0.18 * Double(partial - 1)) }
  }

  /// B of f(k) = k f √(1 + B k²).
  func inharmonicity(pitch: Double) -> Double {
    inharmonicity * (Real.exp2((pitch - 60) / 8) + 0.6 * Real.exp2((36 - pitch) / 8))
  }

  /// The level of a partial in dB, before all partials of a note are brought to their loudness.
  ///
  /// - Parameters:
  ///   - partial: 1 for the fundamental.
  ///   - frequency: its frequency, in Hz.
  ///   - force: how hard the note is played, 0 … 1.
  func level(partial: Int, frequency: Double, pitch: Double, force: Double) -> Double {
    let octaves = Real.log2(Double(partial))
    let slope = max(1, tilt + tiltGrowth * (pitch - 60) / 12 + 5 * (0.5 - force))
    var level = -slope * octaves
    if partial % 2 == 0 { level += even }
    if let strike {
      level += Decibels.level(0.12 + 0.88 * abs(Real.sin(.pi * strike * Double(partial))))
    }
    for resonance in resonances {
      let distance = Real.log2(frequency / resonance.frequency) / resonance.width
      level += resonance.gain * Real.exp(-distance * distance)
    }
    return level
  }
}
