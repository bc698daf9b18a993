#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A UTF-8 locale for the current thread.
///
/// libarchive converts names by the locale's character set, and in the C locale it cannot. The
/// locale of the process is never touched. Where a system has no UTF-8 locale at all, the current one stays, and
/// names that libarchive cannot convert make it disagree with our reader.
enum UTF8Locale {
  /// Runs `body` in a UTF-8 locale and puts the former one back.
  static func run<Value>(_ body: () throws(ArchiveError) -> Value) throws(ArchiveError) -> Value {
    guard let address, let own = locale_t(bitPattern: address) else { return try body() }
    let former = uselocale(own)
    defer { _ = uselocale(former) }
    return try body()
  }

  /// Made once, for all threads and as long as the process lives: making one reads several files, and nobody changes
  /// it.
  private static let address: UInt? = make().map { UInt(bitPattern: $0) }

  private static func make() -> locale_t? {
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] {
      if let locale = newlocale(characterTypes, name, nil) { return locale }
    }
    return nil
  }

  #if canImport(Darwin)
    private static let characterTypes = Int32(LC_CTYPE_MASK)
  #else
    private static let characterTypes = Int32(1 << LC_CTYPE)
  #endif
}
