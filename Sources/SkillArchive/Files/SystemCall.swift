import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Repeats `call` while signals interrupt it; a negative answer becomes the error number.
func systemCall<Result: SignedInteger>(_ call: () -> Result) -> (value: Result, failure: Errno?) {
  while true {
    let value = call()
    if value >= 0 { return (value, nil) }
    let number = Errno(rawValue: errno)
    if number != .interrupted { return (value, number) }
  }
}
