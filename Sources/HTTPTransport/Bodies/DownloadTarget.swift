/// Where a download goes.
package enum DownloadTarget: Sendable {
  /// A file that must not exist; created with mode 0600, removed when the download fails. The caller owns its folder.
  case newFile(path: String)
  /// Written from its current position on; stays open and as it is, whatever happens. The caller owns it.
  case descriptor(Int32)
}
