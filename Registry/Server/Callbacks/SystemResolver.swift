import Dispatch
import Foundation
import NIOCore
import Skills
import Synchronization

/// Asks the system which addresses a name has, away from the threads that serve.
final class SystemResolver: Sendable {
  /// Names that may be looked up at a time: the system can take half a minute for one, whoever still waits.
  private static let maximumLookUps = 16
  private static let timeout = Duration.seconds(5)

  private let lookUps = Mutex(0)

  /// - Returns: Empty for a name that has none.
  /// - Throws: `unavailable` when that takes more than five seconds, or too many are being looked up.
  func addresses(of host: String) async throws -> [IPAddress] {
    guard begin() else { throw Self.unavailable("too many names are being looked up") }
    let (answers, answer) = AsyncStream.makeStream(of: [IPAddress].self, bufferingPolicy: .bufferingNewest(1))
    // The system cannot be told to stop: after the timeout it goes on for nobody, and still counts.
    DispatchQueue.global(qos: .utility).async {
      answer.yield(Self.lookUp(host))
      answer.finish()
      self.lookUps.withLock { $0 -= 1 }
    }
    let found = await withTaskGroup(of: [IPAddress]?.self) { group in
      group.addTask { await answers.first(where: { _ in true }) }
      group.addTask {
        // Waking early means that the answer is no longer wanted.
        try? await Task.sleep(for: Self.timeout)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let found else { throw Self.unavailable("the address of '\(host, limit: 120)' was not found in time") }
    return found
  }

  private func begin() -> Bool {
    lookUps.withLock { count in
      guard count < Self.maximumLookUps else { return false }
      count += 1
      return true
    }
  }

  private static func unavailable(_ reason: Message) -> MeshError {
    MeshError(.unavailable, reason, hint: "Try again later.")
  }

  private static func lookUp(_ host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_flags = AI_ADDRCONFIG
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
    defer { freeaddrinfo(first) }
    var found: [IPAddress] = []
    var next = first
    while let entry = next?.pointee {
      if let address = address(in: entry) { found.append(address) }
      next = entry.ai_next
    }
    return found
  }

  private static func address(in entry: addrinfo) -> IPAddress? {
    guard let pointer = entry.ai_addr else { return nil }
    switch entry.ai_family {
    case AF_INET:
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { IPAddress(SocketAddress($0.pointee)) }
    case AF_INET6:
      return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { IPAddress(SocketAddress($0.pointee)) }
    default: return nil
    }
  }
}
