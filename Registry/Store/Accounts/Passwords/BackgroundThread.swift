import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A thread that gives way to the others.
enum BackgroundThread {
  /// - Parameter work: What it does before it ends.
  static func start(_ work: @escaping @Sendable () -> Void) {
    let thread = Thread {
      #if os(Linux)
        // Of this thread alone, against POSIX (setpriority(2), notes). Not the lowest priority: what is busy for long
        // must not keep everybody out.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
      #endif
      work()
    }
    thread.name = "background"
    thread.qualityOfService = .utility
    thread.start()
  }
}
