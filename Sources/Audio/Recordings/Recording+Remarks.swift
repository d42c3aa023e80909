import Foundation

extension Recording {
  /// The remarks on what does not prevent the file from being read, one line per kind.
  package var remarks: [String] {
    guard case .channel(let channel) = mix else { return deviations }
    return deviations + [
      "its channels are in opposite phase and cancel each other; the louder one, number \(channel + 1), is heard"
    ]
  }

  /// The deviations of the file from its format, one line per kind.
  package var deviations: [String] {
    var remarks: [String] = []
    if missingSeconds > 0 {
      let missing = String(format: ", %.1f s of it are missing", missingSeconds)
      remarks.append(
        "cut off\(missingSeconds < 0.05 ? "" : missing); what is there is heard"
      )
    }
    if damage.count > 0 {
      remarks.append("damaged at \(places(damage)); what is lost is silent, the rest is heard")
    }
    if unreadParts.count > 0 {
      let remedy =
        ExternalDecoder.installed == nil
        ? "install \(ExternalDecoder.program): \(ExternalDecoder.installation)"
        : "save them as WAV or FLAC"
      remarks.append(
        "joined to it are parts that cannot be read, at \(places(unreadParts)), and left out; \(remedy)"
      )
    }
    return remarks + [decoderRemark].compactMap(\.self)
  }

  /// Returns the number of places and the first one, as in `3 places, first at 12.3 s`.
  private func places(_ places: SoundPlaces) -> String {
    let first = String(format: "%.1f s", Double(places.first) / Double(sourceRate))
    return places.count == 1 ? first : "\(places.count) places, first at \(first)"
  }
}
