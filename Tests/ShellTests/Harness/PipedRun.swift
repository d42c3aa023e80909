import CVTerm
import Glibc
import Testing

/// A run of `rse` without a terminal.
struct PipedRun {
  /// Where its standard output goes.
  enum Output {
    case collected
    /// Closed by the reader after this many bytes at least.
    case closedAfter(Int)
    case file(String)
    /// No standard output at all.
    case closed
  }

  let output: String
  let errors: String
  let ending: ChildProcess.Ending

  /// Runs `rse` to its end.
  ///
  /// - Parameter processes: of one job, started by `mpirun`; nil for the program by itself.
  /// - Throws: `LaunchFailure`, or the failure of the test where the run does not end in time.
  init(
    _ arguments: [String],
    in place: ShellPlace,
    processes: Int? = nil,
    input: String = "",
    output destination: Output = .collected,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let inputPipe = try Pipe()
    let outputPipe = try Pipe()
    let errorPipe = try Pipe()
    let stream: Launch.Stream =
      switch destination {
      case .collected, .closedAfter: .descriptor(outputPipe.writer)
      case .file(let path): .path(path)
      case .closed: .closed
      }
    let launch = processes.map { MPI.launch($0, arguments, in: place) } ?? place.launch(arguments)
    let process = try launch.start(
      streams: [.descriptor(inputPipe.reader), stream, .descriptor(errorPipe.writer)],
      newSession: true
    )
    // The reading end stays open while the text is written, as the program may have left already.
    inputPipe.write(input)
    inputPipe.closeReader()
    outputPipe.closeWriter()
    errorPipe.closeWriter()

    var patience = Patience(for: process)
    while !(outputPipe.isAtEnd && errorPipe.isAtEnd && process.ending != nil), !patience.isOver() {
      Pipe.read(outputPipe, errorPipe)
      if case .closedAfter(let count) = destination, outputPipe.bytes.count >= count {
        outputPipe.closeReader()
      }
    }
    output = String(decoding: outputPipe.bytes, as: UTF8.self)
    errors = String(decoding: errorPipe.bytes, as: UTF8.self)
    ending = try #require(
      process.ending,
      "waited for the end of rse \(arguments)\n\(output)\n\(errors)",
      sourceLocation: sourceLocation
    )
  }

  var outputLines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A pipe whose ends are closed in programs started meanwhile.
private final class Pipe {
  private(set) var reader: Int32
  private(set) var writer: Int32
  private(set) var bytes: [UInt8] = []
  private(set) var isAtEnd = false

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw LaunchFailure(path: "a pipe", code: errno)
    }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    closeReader()
    closeWriter()
  }

  func closeReader() {
    if reader >= 0 { close(reader) }
    reader = -1
    isAtEnd = true
  }

  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }

  /// Writes a text that fits into a pipe, and closes the writing end.
  func write(_ text: String) {
    let bytes = Array(text.utf8)
    precondition(bytes.count <= Int(PIPE_BUF), "a text for a pipe is too long")
    if !bytes.isEmpty { _ = Glibc.write(writer, bytes, bytes.count) }
    closeWriter()
  }

  /// Waits a little for bytes in either pipe and takes them.
  static func read(_ pipes: Pipe...) {
    var entries = pipes.map { pollfd(fd: $0.reader, events: Int16(POLLIN), revents: 0) }
    guard poll(&entries, nfds_t(entries.count), 20) > 0 else { return }
    for (pipe, entry) in zip(pipes, entries) where entry.revents != 0 {
      var block = [UInt8](repeating: 0, count: 1 << 16)
      let count = Glibc.read(pipe.reader, &block, block.count)
      if count > 0 {
        pipe.bytes += block[..<count]
      } else if count == 0 || errno != EINTR {
        pipe.closeReader()
      }
    }
  }
}
