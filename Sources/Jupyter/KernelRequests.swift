/// The contents of the requests that a kernel reads, with the protocol's names.
enum KernelRequest {
  struct Execute: Decodable {
    let code: String
    let silent: Bool?
    let storeHistory: Bool?
    let stopOnError: Bool?

    private enum CodingKeys: String, CodingKey {
      case code, silent
      case storeHistory = "store_history"
      case stopOnError = "stop_on_error"
    }
  }

  /// `complete_request` and `inspect_request`.
  struct Place: Decodable {
    let code: String
    /// The number of Unicode scalars before the cursor.
    let cursor: Int?

    private enum CodingKeys: String, CodingKey {
      case code
      case cursor = "cursor_pos"
    }

    /// The text before the cursor.
    var before: String {
      guard let cursor else { return code }
      return String(code.unicodeScalars.prefix(max(0, cursor)))
    }
  }

  struct Code: Decodable {
    let code: String
  }

  struct Comm: Decodable {
    let identifier: String

    private enum CodingKeys: String, CodingKey {
      case identifier = "comm_id"
    }
  }

  struct History: Decodable {
    /// `tail`, `range` or `search`.
    let access: String
    let output: Bool?
    let session, start, stop: Int?
    let count: Int?
    let pattern: String?
    let unique: Bool?

    private enum CodingKeys: String, CodingKey {
      case output, session, start, stop, pattern, unique
      case access = "hist_access_type"
      case count = "n"
    }
  }
}
