import Foundation

/// The addresses at which a kernel listens, and the key that signs messages: the file that Jupyter writes before it
/// starts a kernel.
package struct ConnectionFile: Decodable, Sendable {
  package let transport: String
  package let ip: String
  package let key: String
  package let signatureScheme: String
  package let shellPort, iopubPort, stdinPort, controlPort, heartbeatPort: Int

  private enum CodingKeys: String, CodingKey {
    case transport, ip, key
    case signatureScheme = "signature_scheme"
    case shellPort = "shell_port"
    case iopubPort = "iopub_port"
    case stdinPort = "stdin_port"
    case controlPort = "control_port"
    case heartbeatPort = "hb_port"
  }

  /// The largest number of bytes of a file that are read.
  private static let mostBytes = 1 << 20

  /// Reads a file.
  ///
  /// - Throws: `ConnectionFault`, also if the kernel does not support what the file requests.
  package init(path: String) throws {
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      data = try file.read(upToCount: Self.mostBytes) ?? Data()
    } catch {
      throw ConnectionFault(
        "cannot read the connection file \(path): \(error.localizedDescription)"
      )
    }
    do {
      self = try JSONDecoder().decode(ConnectionFile.self, from: data)
    } catch DecodingError.keyNotFound(let key, _) {
      throw ConnectionFault("the connection file \(path) has no `\(key.stringValue)`")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context)
    {
      let name = context.codingPath.map(\.stringValue).joined(separator: ".")
      guard !name.isEmpty else {
        throw ConnectionFault("the connection file \(path) holds no object of JSON")
      }
      throw ConnectionFault("the connection file \(path) has a wrong value of `\(name)`")
    } catch {
      throw ConnectionFault("the connection file \(path) is not JSON")
    }
    guard signatureScheme == "hmac-sha256" else {
      throw ConnectionFault(
        "the connection file asks for signatures by `\(signatureScheme)`; `hmac-sha256` is known"
      )
    }
    guard transport == "tcp" || transport == "ipc" else {
      throw ConnectionFault(
        "the connection file asks for the transport `\(transport)`; `tcp` and `ipc` are known"
      )
    }
    if let port = ports.first(where: { !(1...65_535).contains($0) }) {
      throw ConnectionFault("the connection file has the port \(port); ports are 1 to 65535")
    }
  }

  private var ports: [Int] { [shellPort, iopubPort, stdinPort, controlPort, heartbeatPort] }

  /// Returns the address for a port.
  package func address(_ port: Int) -> String {
    // ZeroMQ's Unix sockets are files whose names end in the port, by Jupyter's convention.
    transport == "ipc" ? "ipc://\(ip)-\(port)" : "tcp://\(ip):\(port)"
  }
}

/// An error in a connection file.
package struct ConnectionFault: Error, LocalizedError {
  package let message: String
  package var errorDescription: String? { message }

  init(_ message: String) { self.message = message }
}
