import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turns a signal to stop into an error at the next measurement, so that servers and folders are cleared away.
enum Interruption {
  private static let isRequested = Atomic<Bool>(false)

  static func watch() {
    // Made before a handler could run: making it is nothing for a handler to do.
    isRequested.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.isRequested.store(true, ordering: .relaxed) }
    }
  }

  static func check() throws(Failure) {
    if isRequested.load(ordering: .relaxed) { throw Failure("stopped") }
  }
}
