import Audio
import Files
import Foundation

/// Windows of MusicNet as the reference code writes them: files `musicnet_raw_train_8192.npy` or
/// `musicnet_fourier2_test_8192.npy` of [windows, 2, n], the values of each window and then its labels, 128 for each
/// frame, 2 for a note that sounds.
package struct WindowFiles: Sendable {
  private let arrays: [MusicNetSplit.Role: NumpyArray]
  /// The number of values in a window, n.
  private let window: Int

  /// Opens the files of a form in a folder; nil if it has none of any form.
  ///
  /// - Throws: `DataFault` if there are only files of other forms, or one is invalid.
  package init?(folder: String, form: MusicForm) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let forms = Set(names.compactMap(Self.form)).sorted()
    guard !forms.isEmpty else { return nil }
    let wanted = Self.name(form)
    guard forms.contains(wanted) else {
      throw DataFault(
        file: folder,
        "there are windows of \(forms.joined(separator: ", ")), and \(wanted) is asked for",
        "ask for theirs: `fourier2 8192` is input=fourier multiplier=2 window=8192"
      )
    }
    window = form.window
    var arrays: [MusicNetSplit.Role: NumpyArray] = [:]
    for role in MusicNetSplit.Role.allCases {
      let (kind, size) = (wanted.prefix { $0 != " " }, form.window)
      let path = "\(folder)/musicnet_\(kind)_\(role.rawValue)_\(size).npy"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let array: NumpyArray
      do {
        array = try NumpyArray(path: path)
      } catch {
        throw DataFault(error, file: path)
      }
      guard array.shape.count == 3, array.shape[1] == 2, array.shape[2] == size else {
        throw DataFault(
          file: path,
          "it is of shape \(array.shape), not [windows, 2, \(size)]",
          "make it again with the released code, or give the recordings"
        )
      }
      arrays[role] = array
    }
    self.arrays = arrays
  }

  /// Returns the number of windows.
  package func count(_ role: MusicNetSplit.Role) -> Int { arrays[role]?.shape[0] ?? 0 }

  /// Returns the values of a window, and the notes that sound at its F frames.
  func window(_ number: Int, _ role: MusicNetSplit.Role, frames: Int) -> NoteWindow {
    guard let array = arrays[role] else { preconditionFailure("there are such windows") }
    let first = number * 2 * window
    let labels = array.floats(first + window..<first + window + frames * LabelFrames.notes)
    return NoteWindow(
      samples: array.floats(first..<first + window),
      sounding: labels.map { $0 == 2 ? 1 : 0 }
    )
  }

  /// Returns the name of a form in the names of files: `raw 2048`, `fourier2 8192`.
  private static func name(_ form: MusicForm) -> String {
    let kind = form.input == .raw ? "raw" : "fourier\(form.multiplier)"
    return "\(kind) \(form.window)"
  }

  /// Returns the form in a file's name, or nil for other files.
  private static func form(_ file: String) -> String? {
    let parts = file.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "musicnet", parts[3].hasSuffix(".npy"),
      MusicNetSplit.Role(rawValue: String(parts[2])) != nil,
      let window = Int(parts[3].dropLast(4))
    else { return nil }
    return "\(parts[1]) \(window)"
  }
}
