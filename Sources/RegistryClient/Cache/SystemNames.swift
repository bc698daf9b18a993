#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Functions of the system whose names are taken by methods where they are called.

func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

func openPath(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  write(descriptor, buffer.baseAddress, buffer.count)
}

func errnoNow() -> Int32 { errno }
