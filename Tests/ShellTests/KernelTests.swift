import Foundation
import Glibc
import Testing

/// `rse kernel`, spoken to as Jupyter's clients do.
@Suite("The kernel for Jupyter", .serialized)
struct KernelTests {
  private func text(_ output: [KernelClient.Message]) -> String {
    output.filter { $0.kind == "stream" }.compactMap { $0["text"] as? String }.joined()
  }

  private func status(_ message: KernelClient.Message) -> String? { message["status"] as? String }

  /// The name of a display that is updated.
  private func display(_ message: KernelClient.Message) -> String? {
    (message["transient"] as? [String: Any])?["display_id"] as? String
  }

  @Test("runs cells in one session: output, results, counts")
  func cells() throws {
    let kernel = try KernelClient()
    let (reply, output) = try kernel.execute("seed 7\nfor i in 1..2 { \"line $i\" }\n6 * 7")
    #expect(status(reply) == "ok" && reply["execution_count"] as? Int == 1)
    #expect(
      output.map(\.kind) == [
        "status", "execute_input", "display_data", "stream", "execute_result", "status",
      ]
    )
    #expect(output[2].data("text/plain") == "seed 7, for models made from now on")
    #expect(text(output) == "line 1\nline 2\n")
    #expect(output[4].data("text/plain") == "42" && output[4]["execution_count"] as? Int == 1)

    _ = try kernel.execute("let a = 5")
    let stored = try kernel.execute("$a + 1", ["store_history": false])
    #expect(stored.output.contains { $0.data("text/plain") == "6" })
    #expect(stored.reply["execution_count"] as? Int == 2)
    let silent = try kernel.execute("$a + 2", ["silent": true])
    #expect(silent.output.allSatisfy { $0.kind == "status" })
    let empty = try kernel.execute("  \n")
    #expect(status(empty.reply) == "ok" && empty.reply["execution_count"] as? Int == 2)
    #expect(try kernel.execute("1").reply["execution_count"] as? Int == 3)
    #expect(kernel.log.isEmpty)
  }

  @Test("errors say what is wrong and where")
  func errors() throws {
    let kernel = try KernelClient()
    let (failed, output) = try kernel.execute("let a = 1\n$a / 0")
    #expect(status(failed) == "error" && failed["evalue"] as? String == "division by zero")
    let error = try #require(output.first { $0.kind == "error" })
    let traceback = try #require(error["traceback"] as? [String]).joined(separator: "\n")
    #expect(traceback.contains("input:2:") && traceback.contains("$a / 0"))
    #expect(try kernel.execute("$a").output.contains { $0.data("text/plain") == "1" })

    let going = try ["1 / 0", "2"].map {
      try kernel.send("execute_request", ["code": $0, "stop_on_error": false])
    }
    #expect(try going.map { status(try kernel.reply(to: $0)) } == ["error", "ok"])
  }

  @Test("shows figures as PNG, written ones too, and tables as HTML")
  func displays() throws {
    let kernel = try KernelClient()
    for code in ["route 3 1 0 2; plot route", "plot route benes.png"] {
      let (reply, output) = try kernel.execute(code)
      #expect(status(reply) == "ok")
      let picture = try #require(output.compactMap { $0.data("image/png") }.first)
      let bytes = try #require(Data(base64Encoded: picture))
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    }
    #expect(try kernel.place.names().contains("benes.png"))
    let shapes = try kernel.execute("plot route benes.svg").output
    #expect(shapes.compactMap { $0.data("image/svg+xml") }.first?.contains("</svg>") == true)
    let page = try kernel.execute("plot route benes.pdf").output
    #expect(!page.contains { $0.kind == "display_data" })
    let moving = try kernel.execute("plot route benes.gif animate=on").output
    let data = try #require(moving.compactMap { $0.data("image/gif") }.first)
    #expect(Data(base64Encoded: data)?.starts(with: "GIF89a".utf8) == true)
    let table = try kernel.execute("show shipped").output.compactMap { $0.data("text/html") }
    let html = try #require(table.first)
    #expect(html.hasPrefix("<table>") && html.contains(">badd</td>"))
    #expect(html.contains("<td style=\"text-align:right\">742,756</td>"))
  }

  @Test(
    "a training shows one line of progress, answers heartbeats, and an interrupt keeps its steps"
  )
  func interrupts() throws {
    let kernel = try KernelClient()
    _ = try kernel.execute("seed 7; data badd lengths=8; model rse maps=4 blocks=1")
    for turn in 0..<2 {
      let training = try kernel.send("execute_request", ["code": "train 1000000"])
      let waiting = try kernel.send("execute_request", ["code": "1"])
      let begin = try kernel.published(about: training) { display($0) != nil }
      let name = display(begin)
      #expect(begin.data("text/plain")?.hasPrefix("train") == true)
      _ = try kernel.published(about: training) { $0.kind == "update_display_data" }
      #expect(kernel.beats())
      if turn == 0 {
        let interrupt = try kernel.send("interrupt_request", [:], on: .control)
        #expect(status(try kernel.reply(to: interrupt)) == "ok")
      } else {
        kernel.process.send(signal: SIGINT)
      }
      let reply = try kernel.reply(to: training)
      #expect(status(reply) == "error" && reply["ename"] as? String == "Interrupted")
      #expect(status(try kernel.reply(to: waiting)) == "aborted")
      let updates = try kernel.output(of: training).filter { $0.kind == "update_display_data" }
      #expect(updates.allSatisfy { display($0) == name })
      #expect(updates.last?.data("text/plain") == "")
    }
    let after = try kernel.execute("train 1")
    #expect(status(after.reply) == "ok" && text(after.output).contains("loss"))
  }

  @Test("completes, explains, and knows what is not finished and what was typed")
  func typing() throws {
    let kernel = try KernelClient()
    func ask(_ kind: String, _ content: [String: Any]) throws -> KernelClient.Message {
      try kernel.reply(to: kernel.send(kind, content))
    }
    // The cursor stands behind `tra`, which is scalar 12: the text before it has a letter of two bytes.
    let code = "let ä = 1\ntra later"
    let completion = try ask("complete_request", ["code": code, "cursor_pos": 13])
    #expect(completion["matches"] as? [String] == ["train", "trace", "transcribe"])
    #expect(completion["cursor_start"] as? Int == 10 && completion["cursor_end"] as? Int == 13)

    let help = try ask("inspect_request", ["code": "train 5", "cursor_pos": 2, "detail_level": 0])
    #expect(help["found"] as? Bool == true && help.data("text/markdown")?.contains("train") == true)
    let none = try ask("inspect_request", ["code": "# x", "cursor_pos": 3])
    #expect(none["found"] as? Bool == false)

    func completeness(_ code: String) throws -> String? {
      status(try ask("is_complete_request", ["code": code]))
    }
    #expect(try completeness("train 5") == "complete")
    #expect(try completeness("for i in 1..2 {") == "incomplete")
    #expect(try completeness("let = )") == "invalid")

    _ = try kernel.execute("seed 3")
    _ = try kernel.execute("seed 4")
    func past(_ content: [String: Any]) throws -> [String] {
      let entries = try ask("history_request", content)["history"] as? [[Any]] ?? []
      return entries.compactMap { $0[2] as? String ?? ($0[2] as? [Any])?[0] as? String }
    }
    #expect(try past(["hist_access_type": "tail", "n": 1]) == ["seed 4"])
    #expect(
      try past(["hist_access_type": "range", "session": 0, "start": 1, "stop": 2]) == ["seed 3"]
    )
    #expect(
      try past(["hist_access_type": "search", "pattern": "*3", "output": true]) == ["seed 3"]
    )
    #expect(kernel.place.history.isEmpty)
    let kept = try String(contentsOfFile: kernel.place.historyFile + "-jupyter", encoding: .utf8)
    #expect(kept == "seed 3\nseed 4\n")
    // What would make a text file of it no more is not kept.
    _ = try kernel.execute("print \"a\0b\"")
    let after = try String(contentsOfFile: kernel.place.historyFile + "-jupyter", encoding: .utf8)
    #expect(after == kept)
  }

  @Test("comms are closed, as there are none")
  func comms() throws {
    let kernel = try KernelClient()
    let opening = try kernel.send("comm_open", ["comm_id": "c1", "target_name": "x", "data": [:]])
    let closing = try kernel.published(about: opening) { $0.kind == "comm_close" }
    #expect(closing["comm_id"] as? String == "c1")
    let info = try kernel.reply(to: kernel.send("comm_info_request", [:]))
    #expect((info["comms"] as? [String: Any])?.isEmpty == true)
  }

  @Test(
    "what is no message, of an unknown kind or wrongly signed is told of in the log, and does nothing"
  )
  func badMessages() throws {
    let kernel = try KernelClient()
    let mark = Array("<IDS|MSG>".utf8)
    let parts = [
      Array(#"{"msg_type":"execute_request","msg_id":"1","session":"x"}"#.utf8),
      Array("{}".utf8), Array("{}".utf8), Array(#"{"code":"\"no\"; save a.safetensors"}"#.utf8),
    ]
    for channel in [KernelClient.Channel.shell, .control] {
      kernel.sendFrames([[]], on: channel)
      kernel.sendFrames([mark, []], on: channel)
      kernel.sendFrames([mark, Array(repeating: 0x30, count: 64)] + parts, on: channel)
      kernel.sendFrames([mark, []] + parts, on: channel)
      try kernel.send("what_request", [:], on: channel)
    }
    let damaged = try kernel.send("execute_request", content: Data("{".utf8))
    #expect(status(try kernel.reply(to: damaged)) == "error")
    let incomplete = try kernel.send("complete_request", ["cursor_pos": 3])
    #expect(status(try kernel.reply(to: incomplete)) == "error")
    #expect(try kernel.execute("1 + 1").output.contains { $0.data("text/plain") == "2" })
    let lines = kernel.log.split(separator: "\n")
    #expect(lines.filter { $0.contains("signature is wrong") }.count == 4)
    #expect(lines.filter { $0.contains("not the frames") }.count == 4)
    #expect(lines.filter { $0.contains("unknown kind: what_request") }.count == 2)
  }

  @Test("a cell of a megabyte is run or refused, and the kernel goes on")
  func largeCell() throws {
    let kernel = try KernelClient()
    let comment = String(repeating: "# nothing\n", count: 100_000)
    let (reply, output) = try kernel.execute(comment + "1 + 1")
    #expect(status(reply) != nil && output.last?.kind == "status")
    #expect(status(try kernel.execute("1").reply) == "ok")
  }

  @Test("a request to shut down ends it, also while a training runs; so does quit")
  func shutdown() throws {
    let first = try KernelClient()
    _ = try first.execute("data badd lengths=8; model rse maps=4 blocks=1")
    let training = try first.send("execute_request", ["code": "train 1000000"])
    _ = try first.published(about: training) { $0.kind == "execute_input" }
    let request = try first.send("shutdown_request", ["restart": true], on: .control)
    #expect(try first.reply(to: request)["restart"] as? Bool == true)
    var patience = Patience(for: first.process)
    while first.process.ending == nil, !patience.isOver() { usleep(10_000) }
    #expect(first.process.ending == .status(0))

    let second = try KernelClient()
    let reply = try second.execute("quit").reply
    let payload = try #require(reply["payload"] as? [[String: Any]])
    #expect(payload.first?["source"] as? String == "ask_exit")
    patience = Patience(for: second.process)
    while second.process.ending == nil, !patience.isOver() { usleep(10_000) }
    #expect(second.process.ending == .status(0))
  }

  @Test("it ends when the program that started it is gone")
  func parent() throws {
    let place = try ShellPlace()
    let file = try KernelClient.connectionFile(in: place)
    place.environment["JPY_PARENT_PID"] = "1"
    // The shell ends as soon as the sockets are there.
    let script =
      "\(ShellPlace.program) kernel -f \(file) & echo $! > number; until [ -S k-5 ]; do sleep 0.05; done"
    let shell = try place.launch(program: "/bin/sh", ["-c", script]).start(
      streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
      newSession: true
    )
    var patience = Patience(for: shell)
    while shell.ending == nil, !patience.isOver() { usleep(10_000) }
    let number = try place.text(of: "number").trimmingCharacters(in: .whitespacesAndNewlines)
    let kernel = try #require(pid_t(number))
    patience = Patience(for: shell, atMost: .seconds(120))
    while kill(kernel, 0) == 0, !patience.isOver() { usleep(10_000) }
    #expect(kill(kernel, 0) != 0)
  }

  @Test(
    "connection files that are damaged and ports that are taken are errors with a remedy or a reason"
  )
  func connections() throws {
    let place = try ShellPlace()
    func errors(_ file: String) throws -> String {
      let run = try PipedRun(["kernel", "-f", file], in: place)
      #expect(run.ending == .status(1))
      return run.errors
    }
    func errors(changed: [String: Any]) throws -> String {
      try errors(KernelClient.connectionFile(in: place, changed: changed))
    }
    #expect(try errors("nowhere.json").contains("cannot read the connection file nowhere.json"))
    #expect(try errors(place.write("{\"ip\"", to: "bad.json")).contains("is not JSON"))
    #expect(try errors(changed: ["hb_port": NSNull()]).contains("has no `hb_port`"))
    #expect(try errors(changed: ["hb_port": "x"]).contains("wrong value of `hb_port`"))
    #expect(try errors(changed: ["hb_port": 70_000]).contains("ports are 1 to 65535"))
    #expect(try errors(changed: ["signature_scheme": "hmac-md5"]).contains("`hmac-sha256`"))
    #expect(try errors(changed: ["transport": "udp"]).contains("`tcp` and `ipc`"))
    #expect(try errors(changed: ["ip": "/nowhere/k"]).contains("cannot listen at ipc:///nowhere"))
    let none = try PipedRun(["kernel"], in: place)
    #expect(none.ending == .status(2) && none.errors.contains("rse kernel install"))
  }

  @Test("a thousand cells leave nothing behind in memory")
  func memory() throws {
    let kernel = try KernelClient()
    func bytes() throws -> Int {
      let path = "/proc/\(kernel.process.identifier)/statm"
      let fields = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
      return (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
    func run(_ count: Int) throws {
      for _ in 0..<count { _ = try kernel.execute("route 3 1 0 2; 1 + 1") }
    }
    try run(300)
    let before = try bytes()
    try run(1000)
    // The statements themselves are kept, for `history`; with their output some kB each.
    #expect(try bytes() - before < 8 << 20)
  }

  @Test("install writes what Jupyter needs to start this program")
  func install() throws {
    let place = try ShellPlace()
    place.environment["JUPYTER_DATA_DIR"] = place.folder + "/data"
    let run = try PipedRun(["kernel", "install", "--user"], in: place)
    #expect(run.ending == .status(0) && run.output == "\(place.folder)/data/kernels/rse\n")
    let text = try place.text(of: "data/kernels/rse/kernel.json")
    let fields = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    let words = try #require(fields["argv"] as? [String])
    #expect(words == [ShellPlace.program, "kernel", "-f", "{connection_file}"])
    #expect(fields["interrupt_mode"] as? String == "message")
    let prefix = try PipedRun(["kernel", "install", "--prefix", "env"], in: place)
    #expect(prefix.output == "env/share/jupyter/kernels/rse\n")
    let both = try PipedRun(["kernel", "install", "--user", "--prefix", "env"], in: place)
    #expect(both.ending == .status(2))
  }
}
