import ArgumentParser
import Foundation
import HostileInput

/// All checks that nothing is lost, one after the other.
struct AllChecks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract:
      "Kill, let writes fail, leave little memory, give hostile files and run long; see that nothing is lost.",
    discussion: "Takes about two hours and a half; with --quick a minute."
  )

  @Flag(help: "A little of each, for a minute.")
  var quick = false

  @OptionGroup var program: ProgramOption

  @Option(help: "The program rse-fuzz, built as its help tells.", completion: .file())
  var fuzzer: String?

  @Option(help: "A folder with a folder of small files for each kind.", completion: .directory)
  var corpus = "Tests/HostileInputTests/Corpus"

  @Option(help: "How long the last check runs, in minutes; 240 for a night.")
  var minutes = 60.0

  func validate() throws {
    try LargeFileCheck.validate(corpus)
    guard quick || fuzzer != nil else {
      throw ValidationError("name rse-fuzz with --fuzzer, see `rse-fuzz --help`, or take --quick")
    }
  }

  func run() throws {
    report("# Writes that fail")
    var writes = WriteFaultCheck()
    writes.every = quick ? 3 : 1
    writes.program = program
    try writes.run()

    report("# Kills")
    var kills = KillCheck()
    kills.kills = quick ? 12 : 500
    kills.seed = 1
    kills.program = program
    try kills.run()

    report("# Little memory")
    var memory = MemoryLimitCheck()
    memory.quick = quick
    memory.program = program
    try memory.run()

    report("# Hostile files")
    if let fuzzer {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: fuzzer)
      process.arguments = quick ? ["--inputs", "10000"] : []
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw BrokenPromise("a file was found that its reader does not bear")
      }
    } else {
      report("left out: the tests give some; name rse-fuzz with --fuzzer for more")
    }

    report("# Large hostile files")
    for size in quick ? [1] : [1, 2, 4, 16] {
      var large = LargeFileCheck()
      large.kinds = FileKind.allCases
      large.size = size
      large.stutters = quick ? 1 : 6
      large.corpus = corpus
      try large.run()
    }

    report("# A long run")
    var long = LongRunCheck()
    long.minutes = quick ? 0.4 : minutes
    long.program = program
    try long.run()
  }
}
