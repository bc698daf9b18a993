/// A search of its own for private skills, so that what they say weighs nothing in the search of everybody.
enum Schema4 {
  static let statements: [SQL] = [
    """
    CREATE VIRTUAL TABLE private_search USING fts5 (
      slug, author, description, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
    """,
    """
    INSERT INTO private_search (rowid, slug, author, description)
    SELECT search.rowid, search.slug, search.author, search.description FROM search
    JOIN skills ON skills.id = search.rowid WHERE is_private
    """,
    "DELETE FROM search WHERE rowid IN (SELECT id FROM skills WHERE is_private)",
  ]
}
