import FileSystem
import HTTPTransport
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that shows a page in the person's browser.
///
/// It gets the address as an argument, with no shell in between, and outlives us: it belongs to a process group of its
/// own, and has neither our streams nor our tokens.
struct Browser: Sendable {
  private let program: FilePath
  private let environment: [String: String]

  /// Nil where there is none, or nothing to show it on.
  ///
  /// - Parameter environment: The variables of the process.
  init?(environment: [String: String]) {
    #if os(macOS)
      let (name, displays) = ("open", ["SSH_CONNECTION"])
      guard displays.allSatisfy({ (environment[$0] ?? "").isEmpty }) else { return nil }
    #else
      let (name, displays) = ("xdg-open", ["DISPLAY", "WAYLAND_DISPLAY"])
      guard displays.contains(where: { !(environment[$0] ?? "").isEmpty }) else { return nil }
    #endif
    guard let program = FilePath.program(name, in: environment) else { return nil }
    self.program = program
    self.environment = environment.filter { !$0.key.hasPrefix("AGENT_MESH_") && !$0.key.hasPrefix("AGENT_BRIDGE_") }
  }

  /// - Returns: Whether it was started; what it makes of the page nobody knows.
  func open(_ page: HTTPURL) -> Bool {
    let words = Self.copies([program.string, page.text])
    let variables = Self.copies(environment.map { "\($0.key)=\($0.value)" })
    defer { for text in words + variables { free(text) } }
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, Attributes) = (nil, nil)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), Attributes())
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for stream: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", stream == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    Self.detach(&attributes)
    var id = pid_t()
    return posix_spawn(&id, program.string, &actions, &attributes, words, variables) == 0
  }

  #if canImport(Darwin)
    private typealias Attributes = posix_spawnattr_t?
  #else
    private typealias Attributes = posix_spawnattr_t
  #endif

  /// Ctrl-C is not for it, and the signals that we ignore or block are, as for any program.
  private static func detach(_ attributes: inout Attributes) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// Texts as C takes them, with the null pointer that ends them.
  private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}
