import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The C library's reading of a folder, closed with its owner.
struct FolderStream: ~Copyable {
  #if canImport(Darwin)
    private typealias Handle = UnsafeMutablePointer<DIR>
  #else
    private typealias Handle = OpaquePointer
  #endif

  private let handle: Handle

  private init(adopting handle: Handle) {
    self.handle = handle
  }

  deinit { closedir(handle) }

  static func names(of folder: borrowing OpenFile) throws(FileFault) -> [[UInt8]] {
    let stream = try open(folder)
    var names: [[UInt8]] = []
    while let name = try stream.next(path: folder.path) {
      if name != [dot] && name != [dot, dot] { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static let dot = UInt8(ascii: ".")

  private static func open(_ folder: borrowing OpenFile) throws(FileFault) -> FolderStream {
    let (descriptor, failure) = systemCall {
      openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    if let failure { throw FileFault(.list, folder.path, failure) }
    guard let handle = fdopendir(descriptor) else {
      let number = Errno(rawValue: errno)
      close(descriptor)
      throw FileFault(.list, folder.path, number)
    }
    return FolderStream(adopting: handle)
  }

  private func next(path: String) throws(FileFault) -> [UInt8]? {
    errno = 0
    guard let entry = readdir(handle) else {
      // Nothing is both the end and a failure; only errno tells.
      if errno != 0 { throw FileFault(.list, path, Errno(rawValue: errno)) }
      return nil
    }
    return withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
  }
}
