import CMachine
import Foundation

/// Threads of the system.
///
/// Foundation's do not tell that they could not be started, for want of memory or of threads that the user may have.
package enum MachineThread {
  /// Bytes of a thread's stack.
  private static let stackBytes = 4 << 20

  /// Starts a thread that ends when its body does.
  ///
  /// - Parameters:
  ///   - name: what tools show of it, 15 bytes at most.
  ///   - body: what it does.
  /// - Returns: false if the machine gives no more threads; then nothing was done.
  package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackBytes)
    let work = Unmanaged.passRetained(ThreadWork(name: name, body: body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread,
      &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<ThreadWork>.fromOpaque(context).takeRetainedValue().run()
        return nil
      },
      work.toOpaque()
    )
    if code != 0 { work.release() }
    return code == 0
  }
}

/// What a thread does.
private final class ThreadWork {
  private let name: String
  private let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }

  func run() {
    rse_name_thread(name)
    body()
  }
}
