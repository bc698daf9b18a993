import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file descriptor, closed once: with its owner, or earlier by `close()`.
struct DescriptorHandle: ~Copyable {
  let number: Int32

  init(adopting number: Int32) {
    self.number = number
  }

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

private func closeDescriptor(_ number: Int32) -> Int32 { close(number) }
