import CMachine
import Foundation

/// Threads of the system.
///
/// Those of Foundation do not report a failed start, be it for want of memory or by the user's thread limit.
package enum MachineThread {
  /// The stack size of a thread, in bytes.
  private static let stackBytes = 4 << 20

  /// Starts a thread that ends when its body does.
  ///
  /// - Parameters:
  ///   - name: the name that tools show, at most 15 bytes.
  ///   - body: the work of the thread.
  /// - Returns: false if the machine grants no more threads; then nothing was done.
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

/// The work of a thread.
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
