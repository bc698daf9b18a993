/// Additions to protocol version 2 that two sides agree on when they register.
package enum BridgeExtension {
  /// Numbered frames, acknowledgements, resumption, credit and goaway.
  package static let meshV3 = "mesh.v3"
}
