import Foundation

/// Bytes of a WAV file of 16-bit samples; the sizes and numbers of its header can be made to lie.
package struct WaveFile {
  package var rate: UInt32 = 44_100
  package var channels: UInt16 = 1
  /// Interleaved samples, −1 … 1.
  package var samples: [Float]
  /// What the header says of the bytes of the samples; nil for the truth.
  package var claimedBytes: UInt32?
  package var formatSize: UInt32 = 16
  /// Writes 32-bit floats.
  package var isFloat = false

  package init(_ samples: [Float]) { self.samples = samples }

  /// The whole file.
  package var bytes: Data {
    var payload = Data()
    for sample in samples {
      if isFloat {
        payload.append(sample.bitPattern)
      } else {
        payload.append(UInt16(bitPattern: Int16((sample * 32_767).rounded())))
      }
    }
    let width: UInt16 = isFloat ? 4 : 2
    let size = claimedBytes ?? UInt32(payload.count)
    var file = Data("RIFF".utf8)
    file.append(size &+ 36)
    file.append(Data("WAVEfmt ".utf8))
    file.append(formatSize)
    file.append(isFloat ? 3 : 1 as UInt16)
    file.append(channels)
    file.append(rate)
    file.append(rate &* UInt32(channels) &* UInt32(width))
    file.append(channels &* width)
    file.append(8 * width)
    file.append(Data("data".utf8))
    file.append(size)
    return file + payload
  }

  /// Writes the file into a folder and gives its path.
  @discardableResult
  package func write(to name: String, in folder: TemporaryFolder) throws -> String {
    try bytes.write(to: URL(fileURLWithPath: folder(name)))
    return folder(name)
  }

  /// A sinusoid of `frequency` Hz.
  package static func tone(
    _ frequency: Double,
    seconds: Double,
    rate: Int = 44_100,
    amplitude: Double = 0.5
  ) -> [Float] {
    (0..<Int(seconds * Double(rate))).map {
      Float(amplitude * sin(2 * .pi * frequency * Double($0) / Double(rate)))
    }
  }
}

extension Data {
  fileprivate mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
