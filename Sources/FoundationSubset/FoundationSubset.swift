// The part of Foundation that needs no ICU, whose data would be two fifths of the client. Where Foundation is the
// system's own, that is all of it.
#if canImport(FoundationEssentials)
  @_exported import FoundationEssentials
#else
  @_exported import Foundation
#endif
