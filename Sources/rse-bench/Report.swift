import Foundation

/// Prints a line at once, also into a file.
func report(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
