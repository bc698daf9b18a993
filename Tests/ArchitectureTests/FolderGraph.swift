import Foundation

/// Which folders of a module use types that others of its folders declare.
///
/// A folder is one directly below the module's own, with everything in it; the files beside the folders are one, too,
/// called `.`. Swift knows no imports between folders, so the arrows are read from names: a name that several
/// folders declare says nothing, and neither does a member after a dot.
struct FolderGraph {
  /// For each folder, those whose types it uses, and one name for each that shows it.
  private(set) var uses: [String: [String: String]] = [:]

  /// - Parameter sources: The texts of the files of each folder.
  init(of sources: [String: [String]]) {
    let files = sources.mapValues { $0.map { SwiftWords(of: $0).words } }
    let declared = files.mapValues { $0.map { Self.declarations(in: $0) } }
    var homes: [String: Set<String>] = [:]
    for (folder, files) in declared {
      for name in files.flatMap(\.shared) { homes[name, default: []].insert(folder) }
    }
    for (folder, files) in files {
      let own = Set(declared[folder, default: []].flatMap(\.all))
      for word in files.joined() where !word.isMember && !own.contains(word.text) {
        guard let home = homes[word.text], home.count == 1, let target = home.first, target != folder else { continue }
        uses[folder, default: [:]][target] = word.text
      }
    }
  }

  init(ofModuleIn folder: String) throws {
    let start = Checkout.root.appendingPathComponent(folder).path + "/"
    var sources: [String: [String]] = [:]
    for file in try Checkout.swiftFiles(in: folder) {
      let parts = file.path.dropFirst(start.count).split(separator: "/")
      let folder = parts.count > 1 ? String(parts[0]) : "."
      sources[folder, default: []].append(try String(contentsOf: file, encoding: .utf8))
    }
    self.init(of: sources)
  }

  /// The sets of folders that all reach each other; none where every arrow points one way.
  var cycles: Set<Set<String>> {
    let reached = Dictionary(uniqueKeysWithValues: uses.keys.map { ($0, reach($0)) })
    return Set(
      reached.compactMap { folder, others in
        guard others.contains(folder) else { return nil }
        return others.filter { reached[$0]?.contains(folder) ?? false }
      })
  }

  /// The arrows inside of a set of folders, as a person reads them.
  func arrows(within folders: Set<String>) -> [String] {
    folders.sorted().flatMap { folder in
      uses[folder, default: [:]].filter { folders.contains($0.key) }.map { "\(folder) → \($0.key) (\($0.value))" }
        .sorted()
    }
  }

  private func reach(_ start: String) -> Set<String> {
    var reached: Set<String> = []
    var open = Array(uses[start, default: [:]].keys)
    while let folder = open.popLast() {
      if reached.insert(folder).inserted { open += uses[folder, default: [:]].keys }
    }
    return reached
  }

  private struct Declarations {
    /// Of types that the whole module sees.
    var shared: Set<String> = []
    /// Also nested ones and those of one file.
    var all: Set<String> = []
  }

  private static func declarations(in words: [SwiftWords.Word]) -> Declarations {
    let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    var found = Declarations()
    for (index, word) in words.enumerated().dropLast() where kinds.contains(word.text) && !word.isMember {
      let name = words[index + 1].text
      guard name.first?.isUppercase ?? false else { continue }
      found.all.insert(name)
      let before = words[..<index].last { !["final", "indirect"].contains($0.text) }
      let isOfFile = ["private", "fileprivate"].contains(before?.text)
      if word.depth == 0, !isOfFile { found.shared.insert(name) }
    }
    return found
  }
}
