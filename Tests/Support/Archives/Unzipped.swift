import SkillArchive

/// The files of a zip archive by their paths.
package func unzipped(_ archive: [UInt8]) throws -> [String: [UInt8]] {
  let files = try ForeignArchive.contents(of: .bytes(archive), limits: .standard).files
  return Dictionary(uniqueKeysWithValues: files.map { ($0.path.string, $0.bytes) })
}
