#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a new process finds under its first three descriptors.
struct SpawnFiles: ~Copyable {
  #if canImport(Darwin)
    private var actions: posix_spawn_file_actions_t?
  #else
    private var actions = posix_spawn_file_actions_t()
  #endif

  init(_ command: borrowing Command) {
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    let places = [(STDOUT_FILENO, command.output), (STDERR_FILENO, command.errors)]
    for (descriptor, destination) in places {
      guard let path = destination.path else { continue }
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
  }

  deinit {
    var actions = actions
    posix_spawn_file_actions_destroy(&actions)
  }

  #if canImport(Darwin)
    typealias Pointer = UnsafePointer<posix_spawn_file_actions_t?>
  #else
    typealias Pointer = UnsafePointer<posix_spawn_file_actions_t>
  #endif

  borrowing func withPointer<Value>(_ body: (Pointer) -> Value) -> Value {
    withUnsafePointer(to: actions, body)
  }
}

/// A process group of its own, so that a pipeline is ended with its shell.
struct SpawnAttributes: ~Copyable {
  #if canImport(Darwin)
    private var attributes: posix_spawnattr_t?
    typealias Pointer = UnsafePointer<posix_spawnattr_t?>
  #else
    private var attributes = posix_spawnattr_t()
    typealias Pointer = UnsafePointer<posix_spawnattr_t>
  #endif

  init() {
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
  }

  deinit {
    var attributes = attributes
    posix_spawnattr_destroy(&attributes)
  }

  borrowing func withPointer<Value>(_ body: (Pointer) -> Value) -> Value {
    withUnsafePointer(to: attributes, body)
  }
}

/// Strings as C passes them to programs: an array of pointers with a null at its end.
struct CStrings: ~Copyable {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    pointers.initialize(repeating: nil, count: count + 1)
    for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
