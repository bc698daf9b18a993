#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many connections this process may have open.
enum Descriptors {
  /// Asks for as many as the system allows without asking anybody.
  static func raiseLimit() {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    _ = setrlimit(resource, &limit)
  }
}
