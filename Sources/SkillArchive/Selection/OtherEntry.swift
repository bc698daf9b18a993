/// Something that a source holds and that is no file to read: a link, a store of version control, what a system left.
package struct OtherEntry: Hashable, Sendable {
  package var path: String
  package var kind: SkillSelection.Kind
}
