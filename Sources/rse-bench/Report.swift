import Foundation

/// Prints a line immediately, even to a file.
func report(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
