import CVTerm
import Foundation
import Glibc
import TestSupport
import Testing

/// Chromium without a window, asked over a pipe by the DevTools protocol.
final class Browser {
  /// A Chromium that is installed; nil where there is none.
  static let path = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/\($0)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What a test says that is left out.
  static let absence: Comment = "no Chromium here: pages are not opened; apt-get install chromium"

  private let folder: TemporaryFolder
  private let process: ChildProcess
  private let writer: Int32
  private let reader: Int32
  private var received: [UInt8] = []
  private var calls = 0
  private var target: String?
  /// Errors and warnings of the page, and what it asked of a network.
  private(set) var complaints: [String] = []
  private(set) var requests: [String] = []

  /// Opens a page in a window of a size, in CSS pixels.
  ///
  /// - Parameters:
  ///   - script: runs before those of the page.
  ///   - features: of the reader's device, such as `prefers-color-scheme`.
  init(
    _ file: String,
    width: Int = 1200,
    height: Int = 800,
    isPhone: Bool = false,
    features: [String: String] = [:],
    script: String = ""
  ) throws {
    let path = try #require(Self.path)
    folder = try TemporaryFolder()
    let (requestReader, requestWriter) = try Self.pipe()
    let (answerReader, answerWriter) = try Self.pipe()
    (writer, reader) = (requestWriter, answerReader)
    let launch = Launch(
      path: path,
      arguments: [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run",
        "--disable-background-networking", "--disable-component-update",
        "--remote-debugging-pipe", "--user-data-dir=\(folder("profile"))", "about:blank",
      ],
      environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
      folder: folder.path
    )
    process = try launch.start(
      streams: [
        .path("/dev/null"), .path("/dev/null"), .path("/dev/null"), .descriptor(requestReader),
        .descriptor(answerWriter),
      ],
      newSession: true
    )
    close(requestReader)
    close(answerWriter)
    let page = try call("Target.createTarget", ["url": "about:blank"])
    let session = try call(
      "Target.attachToTarget",
      ["targetId": page["targetId"] ?? "", "flatten": true]
    )
    target = session["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
    try call("Page.addScriptToEvaluateOnNewDocument", ["source": script])
    try call(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": width, "height": height, "deviceScaleFactor": isPhone ? 2 : 1,
        "mobile": isPhone,
      ]
    )
    if isPhone { try call("Emulation.setTouchEmulationEnabled", ["enabled": true]) }
    try call(
      "Emulation.setEmulatedMedia",
      ["features": features.sorted { $0.key < $1.key }.map { ["name": $0.key, "value": $0.value] }]
    )
    try call("Page.navigate", ["url": URL(fileURLWithPath: file).absoluteString])
    try wait("document.readyState == 'complete'")
    try wait("new Promise(done => requestAnimationFrame(() => done(true)))")
  }

  deinit {
    close(writer)
    close(reader)
    process.send(signal: SIGKILL)
  }

  /// The value of an expression of JavaScript in the page, or of its promise.
  @discardableResult
  func value(_ expression: String) throws -> Any? {
    let result = try call(
      "Runtime.evaluate",
      ["expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true]
    )
    if let fault = result["exceptionDetails"] { throw Failure(text: "\(expression): \(fault)") }
    return (result["result"] as? [String: Any])?["value"]
  }

  func text(_ expression: String) throws -> String {
    try #require(try value(expression) as? String)
  }

  func number(_ expression: String) throws -> Double {
    try #require(try value(expression) as? NSNumber).doubleValue
  }

  /// Waits until an expression is true.
  func wait(_ expression: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var patience = Patience(for: process)
    while !patience.isOver() {
      if (try value(expression) as? NSNumber)?.boolValue == true { return }
      usleep(20_000)
    }
    Issue.record("waited for \(expression)", sourceLocation: sourceLocation)
  }

  /// Presses and releases a key.
  ///
  /// - Parameters:
  ///   - code: its number in Windows, which Chromium asks for.
  ///   - shift: with the Shift key held.
  func press(_ key: String, code: Int, shift: Bool = false) throws {
    for type in ["keyDown", "keyUp"] {
      try call(
        "Input.dispatchKeyEvent",
        [
          "type": type, "key": key, "code": key == " " ? "Space" : key,
          "windowsVirtualKeyCode": code, "modifiers": shift ? 8 : 0,
          "text": type == "keyDown" && key.count == 1 ? key : "",
        ]
      )
    }
  }

  /// Moves the mouse to a place of the window.
  func point(_ place: (x: Double, y: Double)) throws {
    try mouse("mouseMoved", place, 0)
  }

  func click(_ place: (x: Double, y: Double)) throws {
    try mouse("mouseMoved", place, 0)
    try mouse("mousePressed", place, 1)
    try mouse("mouseReleased", place, 1)
  }

  private func mouse(_ type: String, _ place: (x: Double, y: Double), _ clicks: Int) throws {
    try call(
      "Input.dispatchMouseEvent",
      [
        "type": type, "x": place.x, "y": place.y, "clickCount": clicks,
        "button": clicks > 0 ? "left" : "none",
      ]
    )
  }

  /// Touches a place with a finger.
  func tap(_ place: (x: Double, y: Double)) throws {
    try touch("touchStart", [place])
    try touch("touchEnd", [])
  }

  /// Moves fingers from places to others.
  func drag(_ from: [(x: Double, y: Double)], _ to: [(x: Double, y: Double)]) throws {
    try touch("touchStart", from)
    for step in 1...4 {
      let share = Double(step) / 4
      try touch(
        "touchMove",
        zip(from, to).map { ($0.x + share * ($1.x - $0.x), $0.y + share * ($1.y - $0.y)) }
      )
    }
    try touch("touchEnd", [])
  }

  private func touch(_ type: String, _ places: [(x: Double, y: Double)]) throws {
    try call(
      "Input.dispatchTouchEvent",
      [
        "type": type,
        "touchPoints": places.enumerated().map { ["x": $1.x, "y": $1.y, "id": Double($0)] },
      ]
    )
  }

  /// Calls a method of the protocol.
  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    calls += 1
    var message: [String: Any] = ["id": calls, "method": method, "params": parameters]
    message["sessionId"] = target
    var bytes = Array(try JSONSerialization.data(withJSONObject: message)) + [0]
    while !bytes.isEmpty {
      let count = write(writer, bytes, bytes.count)
      guard count > 0 else { throw Failure(text: "Chromium does not take \(method)") }
      bytes.removeFirst(count)
    }
    while true {
      let answer = try receive(method)
      if answer["id"] as? Int == calls {
        if let fault = answer["error"] { throw Failure(text: "\(method): \(fault)") }
        return answer["result"] as? [String: Any] ?? [:]
      }
      note(answer)
    }
  }

  /// Keeps what an event says of the page.
  private func note(_ event: [String: Any]) {
    let parameters = event["params"] as? [String: Any] ?? [:]
    switch event["method"] as? String {
    case "Log.entryAdded":
      complaints.append("\((parameters["entry"] as? [String: Any])?["text"] ?? "")")
    case "Runtime.exceptionThrown": complaints.append("\(parameters)")
    case "Runtime.consoleAPICalled": complaints.append("\(parameters["args"] ?? "")")
    case "Network.requestWillBeSent":
      requests.append("\((parameters["request"] as? [String: Any])?["url"] ?? "")")
    default: break
    }
  }

  /// The next message; each ends with a zero.
  private func receive(_ method: String) throws -> [String: Any] {
    var patience = Patience(for: process)
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = Data(received[..<end])
        received.removeFirst(end + 1)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      guard !patience.isOver(), poll(&entry, 1, 1000) >= 0 else {
        throw Failure(text: "no answer to \(method)")
      }
      guard entry.revents != 0 else { continue }
      var block = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(reader, &block, block.count)
      guard count > 0 else { throw Failure(text: "Chromium ended at \(method)") }
      received += block[..<count]
    }
  }

  /// The ends of a pipe, above the numbers that a program is given.
  private static func pipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw LaunchFailure(path: "a pipe", code: errno)
    }
    let high = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    for end in ends { close(end) }
    return (high[0], high[1])
  }

  struct Failure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
