/// How the channels of a sound become one.
package enum ChannelMix: Equatable, Sendable {
  /// The mean of all.
  case mean
  /// One alone, from 0.
  case channel(Int)
}

/// How much of the power of channels their mean keeps.
///
/// Of n channels that have nothing in common the mean keeps 1/n of their mean power; of channels in opposite phase
/// it keeps less, and may keep nothing. A stretch of sound is lost where it keeps less than a quarter of that 1/n,
/// for two channels of equal power a correlation below −3/4. Music that is recorded in stereo is far from it.
struct ChannelPower {
  /// The share of 1/n that the mean must keep.
  private static let keptShare = 0.25
  /// The share of the power that may lie in stretches that are lost.
  private static let lostShare = 0.25

  /// The frames of a stretch: a tenth of a second at usual rates.
  private static let stretchFrames = 4096

  /// The sum of the squares of each channel.
  private var powers: [Double]
  private var lost = 0.0
  /// The stretch that is not complete: its frames, the squares of all channels, and those of their means.
  private var stretch = (frames: 0, all: 0.0, kept: 0.0)

  /// The channels of the stretch.
  private var channels: Int

  init(channels: Int) {
    self.channels = channels
    powers = [Double](repeating: 0, count: channels)
  }

  /// Adds interleaved frames of all channels, of which there may be others than before, and their means.
  mutating func add(
    _ frames: UnsafeBufferPointer<Float>,
    means: UnsafeBufferPointer<Float>,
    of channels: Int
  ) {
    precondition(
      frames.count >= means.count * channels,
      "a value of each channel for each mean"
    )
    if channels != self.channels {
      endStretch()
      self.channels = channels
      powers += [Double](repeating: 0, count: max(0, channels - powers.count))
    }
    var start = 0
    while start < means.count {
      let end = min(means.count, start + Self.stretchFrames - stretch.frames)
      add(start..<end, frames, means)
      if stretch.frames == Self.stretchFrames { endStretch() }
      start = end
    }
  }

  private mutating func add(
    _ range: Range<Int>,
    _ frames: UnsafeBufferPointer<Float>,
    _ means: UnsafeBufferPointer<Float>
  ) {
    let count = channels
    for channel in 0..<count {
      var power = 0.0
      for frame in range {
        let value = Double(frames[frame * count + channel])
        power += value * value
      }
      powers[channel] += power
      stretch.all += power
    }
    for frame in range {
      let mean = Double(means[frame])
      stretch.kept += mean * mean
    }
    stretch.frames += range.count
  }

  private mutating func endStretch() {
    // The mean power of the channels is all / n, of which 1/n remains where they have nothing in common.
    let share = Double(channels * channels)
    if stretch.kept * share < Self.keptShare * stretch.all { lost += stretch.all }
    stretch = (0, 0, 0)
  }

  /// How the channels are to be heard: the one with the most power where the mean loses much.
  var mix: ChannelMix {
    var whole = self
    whole.endStretch()
    guard let most = powers.max(), let loudest = powers.firstIndex(of: most),
      whole.lost > Self.lostShare * powers.reduce(0, +)
    else { return .mean }
    return .channel(loudest)
  }
}
