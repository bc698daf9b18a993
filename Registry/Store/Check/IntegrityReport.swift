/// What a full check of a registry found.
package struct IntegrityReport: Sendable, Codable, Equatable {
  package var versions = 0
  /// Blobs that were read.
  package var blobs = 0
  /// One sentence for each fault; empty when everything is as it was written.
  package var faults: [String] = []
  /// Blobs that no version refers to: harmless remains of an interrupted publish.
  package var unreferenced = 0

  package var isSound: Bool { faults.isEmpty }
}
