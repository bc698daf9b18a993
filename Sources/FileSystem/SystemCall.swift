import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A name in a directory: text, or bytes that need not be UTF-8.
package protocol EntryName {
  /// For messages.
  var text: String { get }
  /// Whether it can stand in a directory, and is not the one above.
  var isOneName: Bool { get }
  /// Lends the bytes with a NUL behind them.
  func withTerminated<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value
}

extension String: EntryName {
  package var text: String { self }
  package var isOneName: Bool { utf8.isOneName }
  package func withTerminated<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value { withCString(body) }
}

extension [UInt8]: EntryName {
  package var text: String { String(decoding: self, as: UTF8.self) }

  package func withTerminated<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
    (self + [0]).withUnsafeBytes { bytes in
      // The NUL is there at least, so there is an address.
      bytes.assumingMemoryBound(to: CChar.self).baseAddress.map(body) ?? body("")
    }
  }
}

extension Collection<UInt8> {
  package var isOneName: Bool {
    !isEmpty && !contains { $0 == UInt8(ascii: "/") || $0 == 0 } && !elementsEqual("..".utf8)
  }
}

/// The answer of a call, repeated while signals interrupt it; negative ones become the error number.
func systemCall<Value: SignedInteger>(_ call: () -> Value) -> Result<Value, Errno> {
  while true {
    let value = call()
    if value >= 0 { return .success(value) }
    let number = Errno(rawValue: errno)
    if number != .interrupted { return .failure(number) }
  }
}

/// A file descriptor, closed once: with its owner, or earlier by `close()`.
struct DescriptorHandle: ~Copyable, Sendable {
  let number: Int32

  deinit { _ = closeDescriptor(number) }

  consuming func close() -> Errno? {
    let number = number
    discard self
    if closeDescriptor(number) == 0 { return nil }
    let failure = Errno(rawValue: errno)
    // An interrupted close has closed nevertheless: a second one could hit another file.
    return failure == .interrupted ? nil : failure
  }
}

/// A descriptor with several owners, closed with the last of them.
final class SharedDescriptor: Sendable {
  let handle: DescriptorHandle

  init(_ number: Int32) { handle = DescriptorHandle(number: number) }
}

private func closeDescriptor(_ number: Int32) -> Int32 { close(number) }
