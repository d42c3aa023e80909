extension Timbre {
  /// Returns the timbre for a General MIDI program; instruments without their own use that of a relative.
  static func of(program: Int) -> Timbre {
    switch program {
    case 6, 7: harpsichord
    case 8...15, 24...39, 45...47: plucked
    case 40, 44, 48...51: violin
    case 41: viola
    case 42: cello
    case 43: contrabass
    case 56, 59, 61...63: trumpet
    case 57, 58, 60: horn
    case 68, 69: oboe
    case 70: bassoon
    case 64...67, 71: clarinet
    case 72...79: flute
    case 0...5: piano
    default: organ
    }
  }

  static let piano = Timbre(
    tilt: 7.5,
    tiltGrowth: 2,
    strike: 0.13,
    resonances: [
      Resonance(frequency: 35, gain: -14, width: 1.2),
      Resonance(frequency: 220, gain: 4, width: 1.2),
      Resonance(frequency: 6000, gain: -8, width: 1),
    ],
    inharmonicity: 3e-4,
    strings: 2,
    decay: 0.9,
    attack: 0.001...0.004,
    release: 0.06,
    burst: 0.25,
    burstTime: 0.025,
    noisePitch: 500,
    hasPedal: true,
    range: 21...108
  )

  static let harpsichord = Timbre(
    tilt: 2.5,
    strike: 0.36,
    resonances: [Resonance(frequency: 2500, gain: 4, width: 0.9)],
    inharmonicity: 1e-4,
    decay: 0.7,
    attack: 0.0005...0.0015,
    release: 0.04,
    burst: 0.15,
    burstTime: 0.012,
    noisePitch: 2500,
    range: 29...89
  )

  static let plucked = Timbre(
    tilt: 6,
    strike: 0.22,
    resonances: [
      Resonance(frequency: 110, gain: 4, width: 0.4),
      Resonance(frequency: 220, gain: 3, width: 0.4),
    ],
    inharmonicity: 5e-5,
    decay: 0.8,
    attack: 0.0005...0.003,
    release: 0.08,
    burst: 0.1,
    burstTime: 0.015,
    noisePitch: 900,
    hasPedal: true,
    range: 28...100
  )

  static let organ = Timbre(
    tilt: 3,
    tiltGrowth: 2,
    even: 4,
    attack: 0.01...0.04,
    release: 0.03,
    noise: 0.004,
    burst: 0.04,
    noisePitch: 1800,
    range: 36...96
  )

  static let violin = Timbre(
    tilt: 5.5,
    resonances: [
      Resonance(frequency: 200, gain: -8, width: 0.5),
      Resonance(frequency: 280, gain: 4, width: 0.2),
      Resonance(frequency: 480, gain: 5, width: 0.3),
      Resonance(frequency: 2500, gain: 6, width: 0.7),
    ],
    attack: 0.015...0.09,
    release: 0.06,
    vibrato: 18,
    noise: 0.02,
    burst: 0.06,
    burstTime: 0.04,
    noisePitch: 2200,
    range: 55...100
  )

  static let viola = Timbre(
    tilt: 6,
    resonances: [
      Resonance(frequency: 140, gain: -7, width: 0.5),
      Resonance(frequency: 230, gain: 5, width: 0.3),
      Resonance(frequency: 400, gain: 5, width: 0.3),
      Resonance(frequency: 1600, gain: 5, width: 0.7),
    ],
    attack: 0.015...0.1,
    release: 0.07,
    vibrato: 16,
    noise: 0.02,
    burst: 0.06,
    burstTime: 0.04,
    noisePitch: 1800,
    range: 48...88
  )

  static let cello = Timbre(
    tilt: 6.5,
    resonances: [
      Resonance(frequency: 70, gain: -6, width: 0.5),
      Resonance(frequency: 110, gain: 5, width: 0.3),
      Resonance(frequency: 220, gain: 4, width: 0.4),
      Resonance(frequency: 1200, gain: 4, width: 0.8),
    ],
    attack: 0.015...0.1,
    release: 0.09,
    vibrato: 15,
    noise: 0.02,
    burst: 0.08,
    burstTime: 0.04,
    noisePitch: 1200,
    range: 36...81
  )

  static let contrabass = Timbre(
    tilt: 8,
    resonances: [
      Resonance(frequency: 40, gain: -8, width: 0.6),
      Resonance(frequency: 100, gain: 4, width: 0.5),
      Resonance(frequency: 600, gain: 3, width: 1),
    ],
    attack: 0.02...0.12,
    release: 0.12,
    vibrato: 8,
    noise: 0.02,
    burst: 0.1,
    burstTime: 0.05,
    noisePitch: 700,
    range: 28...67
  )

  static let trumpet = Timbre(
    tilt: 5,
    resonances: [Resonance(frequency: 1300, gain: 8, width: 0.9)],
    attack: 0.01...0.04,
    release: 0.04,
    vibrato: 5,
    noise: 0.005,
    burst: 0.05,
    noisePitch: 1500,
    range: 52...84
  )

  static let horn = Timbre(
    tilt: 9,
    resonances: [Resonance(frequency: 380, gain: 6, width: 0.7)],
    attack: 0.02...0.07,
    release: 0.06,
    vibrato: 3,
    noise: 0.006,
    burst: 0.06,
    burstTime: 0.03,
    noisePitch: 500,
    range: 35...77
  )

  static let oboe = Timbre(
    tilt: 6,
    resonances: [
      Resonance(frequency: 1100, gain: 12, width: 0.5),
      Resonance(frequency: 3000, gain: 8, width: 0.4),
    ],
    attack: 0.01...0.04,
    release: 0.035,
    vibrato: 9,
    noise: 0.008,
    burst: 0.03,
    noisePitch: 2500,
    range: 58...91
  )

  static let clarinet = Timbre(
    tilt: 6.5,
    even: -18,
    resonances: [Resonance(frequency: 1500, gain: 5, width: 0.8)],
    attack: 0.015...0.05,
    release: 0.04,
    vibrato: 2,
    noise: 0.008,
    burst: 0.03,
    noisePitch: 1800,
    range: 50...91
  )

  static let bassoon = Timbre(
    tilt: 8,
    resonances: [
      Resonance(frequency: 460, gain: 12, width: 0.5),
      Resonance(frequency: 1150, gain: 6, width: 0.5),
    ],
    attack: 0.015...0.05,
    release: 0.04,
    vibrato: 6,
    noise: 0.01,
    burst: 0.05,
    noisePitch: 900,
    range: 34...75
  )

  static let flute = Timbre(
    tilt: 12,
    tiltGrowth: 2,
    even: 3,
    attack: 0.02...0.07,
    release: 0.045,
    vibrato: 11,
    noise: 0.04,
    burst: 0.1,
    burstTime: 0.05,
    noisePitch: 2000,
    range: 60...96
  )
}
