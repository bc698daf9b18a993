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
  /// Called on the same thread after every piece.
  package var report: @Sendable (DownloadProgress) -> Void

  package init(
    to target: DownloadTarget, expectedSize: Int? = nil, limit: Int,
    observing observe: @escaping @Sendable (UnsafeRawBufferPointer) -> Void = { _ in },
    reporting report: @escaping @Sendable (DownloadProgress) -> Void = { _ in }
  ) {
    self.target = target
    self.expectedSize = expectedSize
    self.limit = limit
    self.observe = observe
    self.report = report
  }
}

/// How far a download has come.
package struct DownloadProgress: Hashable, Sendable {
  /// Bytes.
  package var received: Int
  /// Bytes, when the size is known.
  package var total: Int?
}

/// What a download has brought.
package struct DownloadSummary: Hashable, Sendable {
  /// With an empty body when the file was written; otherwise the server's refusal, body included, and there is no file.
  package var response: HTTPResponse
  /// Bytes written.
  package var byteCount: Int

  package var isSuccess: Bool { response.isSuccess }
}
