import FoundationSubset
import Skills

/// `GET /api/search?q=…&limit=…`: skills that the asker may see, the best match first.
///
/// `id`, `name`, `installs` and `source` are what third parties' clients read.
package struct SearchResponse: Codable, Sendable {
  package static let maximumResults = 100
  package static let maximumQueryCharacters = 200

  package struct Hit: Codable, Sendable {
    package var id: String
    /// The slug.
    package var name: String
    package var author: String
    package var slug: String
    package var version: String
    package var description: String?
    package var isPrivate: Bool
    package var updatedAt: Date
    /// Downloads of all versions.
    package var installs: Int
    /// `author/slug`.
    package var source: String

    package init(
      name: SkillName, id: String, version: String, description: String?, isPrivate: Bool, updatedAt: Date,
      installs: Int
    ) {
      self.id = id
      self.name = name.slug.rawValue
      author = name.author.rawValue
      slug = name.slug.rawValue
      self.version = version
      self.description = description
      self.isPrivate = isPrivate
      self.updatedAt = updatedAt
      self.installs = installs
      source = name.description
    }
  }

  package var skills: [Hit]
  package var count: Int

  package init(skills: [Hit]) {
    self.skills = skills
    count = skills.count
  }
}

/// `PUT …/versions/{version}/yank`; `DELETE` of the same path undoes the yank.
package struct YankRequest: Codable, Sendable {
  package static let maximumReasonCharacters = 500

  package var reason: String?

  package init(reason: String? = nil) {
    self.reason = reason
  }
}
