import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

/// Something that a user gets wrong.
struct WrongInput: Sendable, CustomStringConvertible {
  let name: String
  /// Statements that work.
  let before: String
  /// Statements that do not.
  let wrong: String
  /// A part of the message.
  let message: String
  /// A part of what the user is told to do, or of what would be valid.
  let remedy: String

  init(
    _ name: String,
    _ wrong: String,
    after before: String = "",
    _ message: String,
    _ remedy: String
  ) {
    self.name = name
    self.before = before
    self.wrong = wrong
    self.message = message
    self.remedy = remedy
  }

  var description: String { name }

  private static let trained = "data badd lengths=8 batch=2; model rse maps=2; train 1"

  static let all: [WrongInput] = [
    .init("unknown command", "trian 5", "unknown command `trian`", "train"),
    .init("misspelt option", "data badd length=8", "length", "lengths"),
    .init("missing value", "train", after: trained, "steps", "train"),
    .init("value out of range", "train 0", after: trained, "from 1", "found 0"),
    .init("fraction of a step", "train 1.5", after: trained, "whole number", "found 1.5"),
    .init("length that is no power of two", "data badd lengths=8,12", "power of two", "8 and 16"),
    .init("training without a model", "train 5", after: "data badd", "no model", "model rse"),
    .init("training without data", "train 5", after: "model rse maps=2", "no data", "data badd"),
    .init("unknown task", "data bad", "bad", "badd"),
    .init("misspelt task", "data dyk", "dyk", "did you mean `dyck`"),
    .init("length too short for a task", "data mulbcd lengths=8,16", "too short", "at least 9"),
    .init("small memory", "data memory_indexing lengths=8,512", "too few", "alphabet=769"),
    .init(
      "test beyond the memory",
      "test lengths=512",
      after: "data memory_indexing lengths=8; model rse maps=2",
      "too few symbols for length 512",
      "alphabet=769"
    ),
    .init(
      "test without an input",
      "test lengths=8",
      after: "data mulbcd; model rse maps=2",
      "no example to test at length 8",
      "leave 8 out"
    ),
    .init("alphabet that is no choice", "data badd alphabet=9", "no choice", "alphabet="),
    .init("alphabet that is too small", "data merge alphabet=4", "5 to", "alphabet=12"),
    .init("unknown padding", "data badd padding=middle", "middle", "dispersed"),
    .init("set that is too large", "data sort lengths=4096 count=10000", "too many", "count=4096"),
    .init("count of a file", "data file=text.rsenb count=3", "count=", "leave it out"),
    .init(
      "another alphabet of the same task",
      "data sort alphabet=12; train 1",
      after: "data sort alphabet=6 lengths=8; model rse maps=2; train 1",
      "6 input and 6 output",
      "data sort alphabet=6"
    ),
    .init("question of another task", "try sort 3 1", after: trained, "of `badd`", "data sort"),
    .init("help on no task", "help task srot", "srot", "help task sort"),
    .init("unknown network", "model rsa", "rsa", "rse"),
    .init("missing file", "load none.safetensors", "no file `none.safetensors`", "relative paths"),
    .init("cut-off checkpoint", "load cut.safetensors", "cut off", "save"),
    .init(
      "text instead of a checkpoint",
      "load text.safetensors",
      "not a safetensors file",
      "save"
    ),
    .init("folder instead of a file", "load folder.safetensors", "is a folder", "name a file"),
    .init(
      "folder that does not exist",
      "save nowhere/x.safetensors",
      after: trained,
      "nowhere",
      "folder"
    ),
    .init("wrong ending", "save model.txt", after: trained, "ending in .safetensors", "model.txt"),
    .init("notebook of a newer version", "run newer.rsenb", "version 9", "newer rse"),
    .init("text instead of a notebook", "run text.rsenb", "no notebook", "rsenb 1"),
    .init("missing notebook", "replay none.rsenb", "no such file", "check the name"),
    .init("unknown figure", "plot los", after: trained, "los", "loss"),
    .init("picture of another kind", "plot loss x.jpg", after: trained, "ending in .png", "x.jpg"),
    .init("question of another form", "try 1 + 2", after: trained, "not a binary digit", "1011"),
    .init("test of an odd length", "test lengths=10", after: trained, "power of two", "8 and 16"),
    .init("unknown model", "test of=nobody", after: trained, "`nobody`", "rse"),
    .init("unknown variable", "train $stps", after: "let steps = 3", "stps", "steps"),
    .init(
      "unknown field",
      "let r = test count=2; $r.acuracy",
      after: trained,
      "acuracy",
      "accuracy"
    ),
    .init(
      "label that is not there",
      "let r = test count=2; $r.accuracy[64]",
      after: trained,
      "64",
      "8"
    ),
    .init("unclosed block", "for m in 1,2 { seed $m", "never closed", "{"),
    .init("negative seed", "seed -1", "from 0", "found -1"),
    .init("too many blocks", "model rse blocks=9", "from 1 to 8", "found 9"),
    .init("warm-up past the schedule", "model rse warmup=30000", "warm-up", "schedule="),
    .init("other alphabets", "data sort lengths=8; train 1", after: trained, "12", "data badd"),
    .init("help on nothing", "help xyzzy", "xyzzy", "help"),
    .init("assertion that fails", "assert 1 + 1 == 3", "assertion failed", "2"),
    .init("recording what is no notebook", "record notes.txt", "notes.txt", ".rsenb"),
    .init("stopping no recording", "record stop", "nothing is being recorded", "record start"),
    .init("recording a script", "record start x.rsenb", "in the shell only", "rse record"),
    .init("saving no history", "history save x.rsenb", "nothing to save", "shell"),
    .init(
      "a batch that no memory holds",
      "data badd lengths=1048576 batch=65536; model rse; train 1",
      "GB of memory",
      "batch="
    ),
    .init(
      "a model that no memory holds",
      "data badd; model rse maps=4096 blocks=8; test count=1",
      "GB of memory",
      "maps="
    ),
    .init(
      "comparing unknown models",
      "compare rse,nobody steps=1",
      after: trained,
      "`nobody`",
      "rse"
    ),
    .init("comparing nothing", "compare steps=1", after: "data badd", "no model", "model rse"),
    .init("comparing without data", "compare steps=1", after: "model rse", "no data", "data badd"),
    .init("comparing a model twice", "compare rse,rse steps=1", after: trained, "twice", "once"),
    .init("comparing for how long", "compare rse", after: trained, "missing", "steps=500"),
    .init("limit in a training", "compare steps=1 limit=1GB", after: trained, "memory=on", "add"),
    .init(
      "training in a limit",
      "compare steps=1 memory=on",
      after: trained,
      "steps=",
      "leave out"
    ),
    .init(
      "comparing at a length twice",
      "compare steps=1 lengths=8,8",
      after: trained,
      "once",
      "8,16"
    ),
    .init(
      "limit that is too small",
      "compare memory=on limit=1MB",
      after: trained,
      "to train on 4 symbols",
      "larger limit="
    ),
    .init("limit without a unit", "plot memory limit=8", after: trained, "unit", "limit=8GB"),
    .init("figure of nothing tested", "plot generalisation", after: trained, "not tested", "test "),
    .init(
      "option of another figure",
      "plot loss longest=16",
      after: trained,
      "no option `longest=`",
      "`plot memory` and `plot cost`"
    ),
    .init("figure of a model twice", "plot loss of=rse,rse", after: trained, "twice", "once"),
    .init("memory without data", "plot memory", after: "model rse", "no data", "data badd"),
    .init("path into nothing", "plot loss nowhere/x.png", after: trained, "nowhere", "folder"),
  ]
}

@Suite struct WrongInputTests {
  @Test("one diagnostic with place and remedy; the session goes on", arguments: WrongInput.all)
  func wrongInput(input: WrongInput) throws {
    let test = try TestSession()
    try test.folder.write("just some text", to: "text.safetensors")
    try test.folder.write("just some text", to: "text.rsenb")
    try test.folder.write("rsenb 9\n\nseed 1\n", to: "newer.rsenb")
    try FileManager.default.createDirectory(
      atPath: test.folder("folder.safetensors"),
      withIntermediateDirectories: true
    )
    let maker = try TestSession()
    maker.submit("data badd lengths=8 batch=2; model rse maps=2; train 1; save a.safetensors")
    let whole = try Data(contentsOf: URL(fileURLWithPath: maker.folder("a.safetensors")))
    try whole.prefix(whole.count / 2).write(
      to: URL(fileURLWithPath: test.folder("cut.safetensors"))
    )
    let filesBefore = test.files

    #expect(test.submit(input.before).failure == nil)
    #expect(test.diagnostics.isEmpty)
    #expect(test.submit(input.wrong).failure != nil)
    #expect(test.diagnostics.count == 1, "\(test.diagnostics.map(\.message))")
    let diagnostic = try #require(test.diagnostics.first)
    #expect(diagnostic.position != nil)
    let text = diagnostic.rendered()
    #expect(text.contains(input.message), "\(text)")
    #expect(text.contains(input.remedy), "\(text)")
    #expect(test.files == filesBefore, "nothing is half-written")
    #expect(test.submit("seed 3; help seed").failure == nil, "the session goes on")
  }

  @Test("a full disk leaves the older checkpoint, and the session goes on")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let test = try TestSession()
      test.submit("data badd lengths=8 batch=2; model rse maps=8; train 1; save a.safetensors")
      let before = try Data(contentsOf: URL(fileURLWithPath: test.folder("a.safetensors")))
      limitFileSize(to: 4096)
      let outcome = test.submit("train 1; save a.safetensors")
      try #require(outcome.failure?.contains("a.safetensors") == true)
      try #require(test.diagnostics.count == 1 && test.diagnostics[0].position != nil)
      try #require(test.files == ["a.safetensors"])
      let after = try Data(contentsOf: URL(fileURLWithPath: test.folder("a.safetensors")))
      try #require(after == before)
      try #require(test.submit("train 1; load a.safetensors").failure == nil)
    }
  }

  @Test("an interruption keeps the state after the last complete step")
  func interruption() throws {
    var stops = false
    let session = Session(isInterrupted: { stops })
    _ = session.submit("data badd lengths=8 batch=2; model rse maps=2", name: "test")
    session.host.observer = { event in
      if case .progress(let progress) = event, progress.done == 4 { stops = true }
    }
    #expect(session.submit("train 1000", name: "test").ending == .interrupted)
    stops = false
    let outcome = session.submit("train 1", name: "test")
    #expect(outcome.output.first?.text.hasPrefix("step 5 ") == true)
  }

  @Test("past the end of the schedule the rate is 0, and train says so")
  func pastSchedule() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2; model rse maps=2 schedule=3")
    #expect(test.stableLines("train 2").count == 1)
    let lines = test.submit("train 3").output.map(\.text)
    #expect(lines.count == 3 && lines[0].contains("set schedule=6"))
    let weights = test.stableLines("train 2").last?.split(separator: " ").last
    #expect(lines[1].split(separator: " ").last == weights, "nothing changes any more")
    let longer = test.stableLines("set schedule=40; train 1").last?.split(separator: " ").last
    #expect(longer != weights, "a longer schedule goes on")
  }

  @Test("what needs more memory than there is is refused, with what would fit")
  func tooLarge() throws {
    let test = try TestSession()
    test.submit("data badd lengths=64,1048576 batch=512; model rse maps=192")
    let step = test.submit("train 1").failure
    #expect(step?.contains("a training step at these lengths needs about") == true)
    let (_, what) = try #require(step?.firstMatch(of: /sequences of up to (\d+) positions/)?.output)
    let length = try #require(Int(what))
    #expect((64..<1_048_576).contains(length) && length & (length - 1) == 0)
    let model = test.submit("data badd lengths=64; model transformer maps=4096 layers=64; train 1")
    let (_, maps) = try #require(
      model.failure?.firstMatch(of: /up to about maps=(\d+) fits/)?.output
    )
    #expect((64..<4096).contains(try #require(Int(maps))))
  }

  @Test("of many errors the first are shown, and how many there are")
  func manyErrors() {
    func last(_ count: Int) -> String? {
      let session = Session(folder: "/nowhere")
      let errors = session.check(String(repeating: "trian 5\n", count: count), name: "a")
      return Session.firstErrors(of: errors).last?.message
    }
    #expect(last(20) == "unknown command `trian`")
    #expect(last(21) == "and 1 more error")
    #expect(last(99) == "and 79 more errors")
    #expect(last(3000) == "and at least 80 more errors")
  }

  @Test("a file whose model needs more memory than there is is refused before it is read")
  func tooLargeFile() throws {
    let test = try TestSession()
    let count = Int(ProcessInfo.processInfo.physicalMemory / 3) / 4 * 4
    let header = #"{"a":{"dtype":"F32","shape":[\#(count / 4)],"data_offsets":[0,\#(count)]}}"#
    var start = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    start.append(contentsOf: header.utf8)
    let path = test.folder("huge.safetensors")
    try start.write(to: URL(fileURLWithPath: path))
    // Nothing of it takes room on the disk.
    try #require(truncate(path, start.count + count) == 0)
    let failure = test.submit("load huge.safetensors").failure
    #expect(failure?.contains("the model in the file needs about") == true, "\(failure ?? "")")
  }

  @Test("rate and clipping of a model that is there can be changed")
  func changedSettings() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2")
    let usual = test.stableLines("model rse maps=2; train 3").last
    let careful = test.stableLines("model rse maps=2 rate=0.0004 clipping=off; train 3").last
    let changed = test.stableLines("model rse maps=2; set rate=0.0004 clipping=off; train 3").last
    #expect(changed == careful && changed != usual)
    #expect(test.stableLines("show model").contains { $0.contains("highest rate 0.0004") })
  }
}
