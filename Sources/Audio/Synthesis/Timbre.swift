import Tensors

/// The sound of an instrument: the strength of its partials, their rise and fall, its noise.
struct Timbre: Sendable {
  /// A frequency band that an instrument's body amplifies.
  struct Resonance: Sendable {
    /// The centre of the band, in Hz.
    var frequency: Double
    /// The gain at the centre, in dB.
    var gain: Double
    /// The distance at which the gain has fallen to 1/e, in octaves.
    var width: Double
  }

  /// The fall of the partials' level per octave, in dB, for a middle C of medium loudness.
  var tilt: Double
  /// The increase of the tilt per octave of pitch, in dB per octave.
  var tiltGrowth = 1.0
  /// The level of even partials, in dB.
  var even = 0.0
  /// The point at which the string is struck or plucked, as a share of its length; nil for other instruments.
  var strike: Double?
  /// The resonances of the body.
  var resonances: [Resonance] = []
  /// B in f(k) = k f √(1 + B k²) for middle C; it doubles every 8 semitones, and grows again below the great octave.
  var inharmonicity = 0.0
  /// The number of strings per note, slightly out of tune with each other.
  var strings = 1
  /// The time in which the first partial of middle C falls to 1/e, in seconds; nil for instruments that sound as long as they
  /// are played.
  var decay: Double?
  /// The shortest and the longest rise, in seconds.
  var attack: ClosedRange<Double>
  /// The time in which the sound falls to 1/e after its end, in seconds.
  var release: Double
  /// The usual width of vibrato, in cents.
  var vibrato = 0.0
  /// The level of lasting noise, relative to partials of level 1.
  var noise = 0.0
  /// The level of the noise at the beginning, relative to partials of level 1.
  var burst = 0.0
  /// The duration of that noise, in seconds.
  var burstTime = 0.02
  /// The centre frequency of the noise, in Hz.
  var noisePitch = 1500.0
  /// True if a pedal can prolong notes.
  var hasPedal = false
  /// The range of pitches of the instrument.
  var range: ClosedRange<Int>

  /// Returns the time in which a partial falls to 1/e, in seconds; nil if it does not fall.
  func decayTime(pitch: Double, partial: Int) -> Double? {
    decay.map { $0 * Real.exp2(-(pitch - 60) / 14) / (1 + 0.18 * Double(partial - 1)) }
  }

  /// Returns B in f(k) = k f √(1 + B k²) for a pitch.
  func inharmonicity(pitch: Double) -> Double {
    inharmonicity * (Real.exp2((pitch - 60) / 8) + 0.6 * Real.exp2((36 - pitch) / 8))
  }

  /// Returns the level of a partial in dB, before all partials of a note are scaled to its loudness.
  ///
  /// - Parameters:
  ///   - partial: the number of the partial, 1 for the fundamental.
  ///   - frequency: the frequency of the partial, in Hz.
  ///   - force: the force with which the note is played, 0 … 1.
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
