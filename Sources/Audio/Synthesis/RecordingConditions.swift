import Tensors

/// The conditions in which recordings of the same notes differ: tuning, place, equipment, loudness.
package struct RecordingConditions: Hashable, Sendable {
  /// The offset of the tuning from 440 Hz, in cents.
  package var tuning = 0.0
  /// The level above 1000 Hz, in dB.
  package var highs = 0.0
  /// The reverberation time, in which an echo falls by 60 dB, in seconds.
  package var reverberation = 0.6
  /// The level of reverberation relative to the direct sound, in dB.
  package var wetness = -22.0
  /// The mean level of the recording in dB, where 0 is a square wave of full scale; nil leaves notes as loud as their
  /// velocities.
  package var loudness: Double?
  /// The level of noise relative to the mean level of the music, in dB; nil for none.
  package var hiss: Double?
  /// The deviation of instruments from their kind: 0 for none, 1 for that between different instruments.
  package var variety = 0.0

  /// A quiet room with good instruments at 440 Hz.
  package static let plain = RecordingConditions()

  package init() {}

  /// Draws conditions as they vary between published recordings.
  package init(using random: inout RandomStream) {
    tuning = 8 * random.truncatedNormal()
    highs = 3.5 * random.truncatedNormal()
    reverberation = Real.exp2(random.uniform(-1.6...1.2))
    wetness = random.uniform(-30 ... -8)
    loudness = random.uniform(-34 ... -16)
    hiss = random.happens(0.85) ? random.uniform(-65 ... -30) : nil
    variety = random.uniform(0.2...1.2)
  }

  /// Returns the filter and the echoes of these conditions.
  ///
  /// - Parameters:
  ///   - rate: samples per second.
  ///   - level: the mean level of the music, for the level of the noise.
  ///   - random: the random stream of the room's shape.
  func room(rate: Double, level: Double, using random: inout RandomStream) -> rse_room {
    let size = random.uniform(0.7...1.3)
    let delays = [0.0297, 0.0371, 0.0411, 0.0437, 0.0051, 0.0017].map { seconds -> Double in
      let delay = seconds * size * random.uniform(0.97...1.03) * rate
      return max(1, delay.rounded())
    }
    let feedback = delays.prefix(4).map { delay -> Double in
      Decibels.factor(-60 * delay / rate / reverberation)
    }
    let gathered = (1 - feedback[3] * feedback[3]).squareRoot() / 2
    return rse_room(
      low: Float(Decibels.factor(-highs / 2)),
      high: Float(Decibels.factor(highs / 2)),
      shelf_step: Float(1 - Real.exp(-2 * .pi * min(0.2, 1000 / rate))),
      delays: (
        UInt32(delays[0]), UInt32(delays[1]), UInt32(delays[2]), UInt32(delays[3]),
        UInt32(delays[4]), UInt32(delays[5])
      ),
      feedback: (Float(feedback[0]), Float(feedback[1]), Float(feedback[2]), Float(feedback[3])),
      damping: Float(1 - Real.exp(-2 * .pi * min(0.4, 3500 / rate))),
      wet: Float(gathered * Decibels.factor(wetness)),
      hiss: Float(hiss.map { 2.7 * level * Decibels.factor($0) } ?? 0),
      hiss_key: random.next32()
    )
  }
}
