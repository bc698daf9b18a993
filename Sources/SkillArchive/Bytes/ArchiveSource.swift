import SystemPackage

/// Where an archive is read from; a file is read in pieces and never whole.
package enum ArchiveSource: Hashable, Sendable {
  case bytes([UInt8])
  case file(FilePath)
}
