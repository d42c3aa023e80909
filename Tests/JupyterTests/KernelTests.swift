import CommandLanguage
import Foundation
import Sessions
import Testing

@testable import Jupyter

@Suite("Messages of a kernel")
struct KernelMessageTests {
  /// RFC 4231, test case 2.
  @Test("signatures are HMAC with SHA-256 over all parts")
  func signatures() {
    let signer = MessageSigner(key: "Jefe")
    let parts = ["what do ya ", "want for ", "nothing?"].map { Array($0.utf8) }
    let digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    #expect(String(decoding: signer.signature(of: parts), as: UTF8.self) == digest)
    #expect(signer.isValid(Array(digest.utf8), of: parts))
    #expect(!signer.isValid(Array(digest.uppercased().utf8), of: parts))
    #expect(!signer.isValid([], of: parts))
    #expect(MessageSigner(key: "").signature(of: parts).isEmpty)
  }

  @Test("a message is read as it was written, whoever it is for")
  func frames() throws {
    let signer = MessageSigner(key: "k")
    let frames = KernelMessage.frames(
      "stream",
      ["name": .text("stdout"), "text": .text("é\n\"")],
      parent: Array(#"{"msg_id":"7"}"#.utf8),
      to: [[1, 2], [3]],
      session: "s",
      signer
    )
    let message = try KernelMessage(frames, signer)
    #expect(message.identities == [[1, 2], [3]] && message.header.kind == "stream")
    #expect(message.header.session == "s")
    let content = try JSONSerialization.jsonObject(with: Data(message.content)) as? [String: String]
    #expect(content == ["name": "stdout", "text": "é\n\""])
    #expect(throws: KernelMessage.Fault.signature) {
      try KernelMessage(frames, MessageSigner(key: "other"))
    }
    #expect(throws: KernelMessage.Fault.frames) {
      try KernelMessage(Array(frames.dropLast()), signer)
    }
  }

  @Test("tables in HTML keep their texts, with numbers to the right")
  func table() {
    let table = TextTable(rows: [["a<b", "n"], ["x & y", "1,000"]], numbers: [1])
    #expect(
      HTMLTable(table).text == """
        <table><thead><tr><th style="text-align:left">a&lt;b</th>\
        <th style="text-align:right">n</th></tr></thead>\
        <tbody><tr><td style="text-align:left">x &amp; y</td>\
        <td style="text-align:right">1,000</td></tr></tbody></table>
        """
    )
  }
}
