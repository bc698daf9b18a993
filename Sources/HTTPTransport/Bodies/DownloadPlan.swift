/// Where a download goes, how large it may be, and who looks on while it is written.
package struct DownloadPlan: Sendable {
  package var target: DownloadTarget
  /// The exact size in bytes, when it is known; anything else is `.sizeMismatch`.
  package var expectedSize: Int?
  /// The most bytes to write; more is `.tooLarge`.
  package var limit: Int
  /// Sees every byte in order, once, on the transport's own thread: to hash it.
  ///
  /// Must not keep the pointer.
  package var observe: @Sendable (UnsafeRawBufferPointer) -> Void
  /// Called on the same thread after every piece, with the number of bytes so far.
  package var report: @Sendable (Int) -> Void

  package init(
    to target: DownloadTarget, expectedSize: Int? = nil, limit: Int,
    observing observe: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in },
    reporting report: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.target = target
    self.expectedSize = expectedSize
    self.limit = limit
    self.observe = observe
    self.report = report
  }
}

/// What a download has brought.
package struct DownloadSummary: Hashable, Sendable {
  /// With an empty body when the file was written; otherwise the server's refusal, body included, and there is no file.
  package var response: HTTPResponse
  /// Bytes written.
  package var byteCount: Int

  package var isSuccess: Bool { response.isSuccess }
}
