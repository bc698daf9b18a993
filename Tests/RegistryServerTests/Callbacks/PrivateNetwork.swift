import Foundation
import TestSupport

/// A network of its own in which every address leads to one listener; the threads that are begun in it stay in it.
///
/// Only the superuser of Linux can make one.
final class PrivateNetwork: Sendable {
  private let listener: Int32
  private let accepted: Log<Void>

  /// Nil where the system does not let us.
  ///
  /// - Parameter inside: Run on the thread that is in the network.
  static func make(port: UInt16, _ inside: @escaping @Sendable () -> Void) async throws -> PrivateNetwork? {
    try await onThread {
      guard enter(), run("link", "set", "lo", "up"), run("route", "add", "local", "0.0.0.0/0", "dev", "lo"),
        run("-6", "route", "add", "local", "::/0", "dev", "lo"), let network = PrivateNetwork(port: port)
      else { return nil }
      inside()
      return network
    }
  }

  /// Connections that anything has made in it.
  var connections: Int { accepted.values.count }

  private init?(port: UInt16) {
    #if os(Linux)
      let socket = Foundation.socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
      let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
      }
      guard status == 0, listen(socket, 128) == 0 else { return nil }
      let accepted = Log<Void>()
      (listener, self.accepted) = (socket, accepted)
      Thread.detachNewThread {
        while true {
          let connection = accept(socket, nil, nil)
          if connection < 0 { break }
          accepted.add(())
          close(connection)
        }
        close(socket)
      }
    #else
      return nil
    #endif
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func enter() -> Bool {
    #if os(Linux)
      // Glibc's header hides it.
      typealias Unshare = @convention(c) (Int32) -> Int32
      let newNetwork: Int32 = 0x4000_0000
      guard let symbol = dlsym(nil, "unshare") else { return false }
      return unsafeBitCast(symbol, to: Unshare.self)(newNetwork) == 0
    #else
      return false
    #endif
  }

  /// Runs `ip` in the network of this thread, whichever thread starts the program.
  private static func run(_ arguments: String...) -> Bool {
    let files = FileManager.default
    let folders = ["/usr/bin/", "/usr/sbin/", "/sbin/", "/bin/"]
    guard let thread = try? files.destinationOfSymbolicLink(atPath: "/proc/thread-self"),
      let enter = folders.map({ $0 + "nsenter" }).first(where: files.isExecutableFile),
      let ip = folders.map({ $0 + "ip" }).first(where: files.isExecutableFile)
    else { return false }
    let process = Process()
    process.executableURL = URL(filePath: enter)
    process.arguments = ["--net=/proc/\(thread)/ns/net", ip] + arguments
    do {
      try process.run()
    } catch {
      return false
    }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
