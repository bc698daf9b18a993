import FoundationSubset
import Skills
import SystemPackage

/// A private folder among the temporary ones that goes when nobody needs it any more.
final class ScratchSpace: Sendable {
  let path: FilePath

  init(in parent: FilePath) throws(MeshError) {
    path = try ScratchFolder.make(in: parent)
  }

  deinit {
    // What cannot be removed now is swept away later.
    try? FileManager.default.removeItem(atPath: path.string)
  }
}
