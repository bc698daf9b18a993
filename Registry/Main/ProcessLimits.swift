import Foundation

/// What this process may use at the most.
enum ProcessLimits {
  // Lowering one's own limits is always allowed.
  #if canImport(Glibc)
    static func lower(_ resource: __rlimit_resource, to value: rlim_t) {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  #else
    static func lower(_ resource: Int32, to value: rlim_t) {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      _ = setrlimit(resource, &limit)
    }
  #endif
}
