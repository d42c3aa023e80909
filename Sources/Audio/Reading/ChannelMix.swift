/// The mix of a sound's channels to one.
package enum ChannelMix: Equatable, Sendable {
  /// The mean of all channels.
  case mean
  /// A single channel, from 0.
  case channel(Int)
}

/// The share of the channels' power that remains in their mean.
///
/// The mean of n uncorrelated channels keeps 1/n of their mean power; that of channels in opposite phase keeps less, or
/// nothing. A stretch of sound is lost if the mean keeps less than a quarter of that 1/n; for two channels of equal power that
/// is a correlation below −3/4. Stereo recordings of music are far from it.
struct ChannelPower {
  /// The share of 1/n that the mean must keep.
  private static let keptShare = 0.25
  /// The largest share of the power in lost stretches.
  private static let lostShare = 0.25

  /// The number of frames in a stretch, a tenth of a second at usual rates.
  private static let stretchFrames = 4096

  /// The sum of squares of each channel.
  private var powers: [Double]
  private var lost = 0.0
  /// The incomplete stretch: its frames, the sum of squares of all channels, and that of their means.
  private var stretch = (frames: 0, all: 0.0, kept: 0.0)

  /// The number of channels in the stretch.
  private var channels: Int

  init(channels: Int) {
    self.channels = channels
    powers = [Double](repeating: 0, count: channels)
  }

  /// Adds interleaved frames of all channels, whose number may have changed, and their means.
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
    // The mean power of the channels is all / n, of which 1/n remains if they are uncorrelated.
    let share = Double(channels * channels)
    if stretch.kept * share < Self.keptShare * stretch.all { lost += stretch.all }
    stretch = (0, 0, 0)
  }

  /// The mix to use: the channel with the most power if the mean loses much, otherwise the mean.
  var mix: ChannelMix {
    var whole = self
    whole.endStretch()
    guard let most = powers.max(), let loudest = powers.firstIndex(of: most),
      whole.lost > Self.lostShare * powers.reduce(0, +)
    else { return .mean }
    return .channel(loudest)
  }
}
