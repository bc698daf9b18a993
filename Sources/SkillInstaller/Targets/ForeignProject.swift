import FileSystem
import Skills

/// The lock of `npx skills`, which keeps no list of what is wanted beside it.
package enum ForeignLock {
  static let fileName = "skills-lock.json"

  package static func isIn(_ targets: InstallTargets) -> Bool {
    targets.scope == .project && FileStatus(at: targets.base.appending(fileName)) != nil
  }

  package static let hint: Message =
    "The \(fileName) here is that of 'npx skills', and was left as it is. To write down the skills that are here: agent-mesh skills import"
}
