import Skills

/// `POST /api/index`: the index documents of many skills in one request, each only when it has changed.
///
/// At most 500 names. A registry that is a folder of static files need not have it: a client then asks for each.
package struct IndexBatchRequest: Codable, Sendable {
  package static let maximumNames = 500

  package struct Entry: Codable, Sendable {
    package var name: String
    /// The ETag under which the asker has the document; nil when it has none.
    package var etag: String?

    package init(name: String, etag: String? = nil) {
      self.name = name
      self.etag = etag
    }
  }

  package var skills: [Entry]

  package init(skills: [Entry]) {
    self.skills = skills
  }
}

/// The answer, one entry for every name asked for, in the order in which they were asked for first.
package struct IndexBatchResponse: Codable, Sendable {
  package struct Entry: Codable, Sendable {
    package var name: String
    /// The ETag that `GET /index/{author}/{slug}` has now; nil when there is no such skill for the asker.
    package var etag: String?
    /// Nil when the asker's own is still good, or when there is no such skill.
    package var document: IndexDocument?
    /// The name of the skill since its author was renamed, as `author/slug`: to be asked for by itself, at the old name
    /// or at this one.
    package var movedTo: String?

    package init(name: String, etag: String?, document: IndexDocument?, movedTo: String? = nil) {
      self.name = name
      self.etag = etag
      self.document = document
      self.movedTo = movedTo
    }
  }

  package var skills: [Entry]

  package init(skills: [Entry]) {
    self.skills = skills
  }
}
