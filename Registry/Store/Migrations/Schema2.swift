/// What authors and the operator say of versions after they were published, and the search over what is on offer.
enum Schema2 {
  static let statements: [SQL] = [
    "ALTER TABLE versions ADD COLUMN yanked_at INTEGER",
    "ALTER TABLE versions ADD COLUMN yank_reason TEXT CHECK (yank_reason IS NULL OR yanked_at IS NOT NULL)",
    "ALTER TABLE versions ADD COLUMN quarantined_at INTEGER",
    """
    ALTER TABLE versions ADD COLUMN quarantine_reason TEXT
    CHECK ((quarantine_reason IS NULL) = (quarantined_at IS NULL))
    """,
    // Of the whole skill, whatever is published later included.
    "ALTER TABLE skills ADD COLUMN quarantined_at INTEGER",
    """
    ALTER TABLE skills ADD COLUMN quarantine_reason TEXT
    CHECK ((quarantine_reason IS NULL) = (quarantined_at IS NULL))
    """,
    """
    CREATE TRIGGER withdrawn_versions_are_not_yanked BEFORE UPDATE OF yanked_at ON versions
    WHEN old.withdrawn_at IS NOT NULL AND old.yanked_at IS NULL AND new.yanked_at IS NOT NULL
    BEGIN SELECT raise(ABORT, 'a withdrawn version cannot be yanked'); END
    """,
    """
    CREATE TRIGGER quarantined_skills_are_not_published_to BEFORE INSERT ON versions
    WHEN (SELECT quarantined_at FROM skills WHERE id = new.skill_id) IS NOT NULL
    BEGIN SELECT raise(ABORT, 'the skill is in quarantine'); END
    """,
    "CREATE INDEX skills_by_update ON skills (updated_at, id)",
    // One row for each skill that has a newest version, under the id of the skill. No trigger keeps it: SQLite lets
    // none write to a virtual table while the schema is not trusted.
    """
    CREATE VIRTUAL TABLE search USING fts5 (
      slug, author, description, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
    """,
    """
    INSERT INTO search (rowid, slug, author, description)
    SELECT skills.id, slug, authors.name, description FROM skills
    JOIN authors ON authors.id = author_id JOIN versions ON versions.id = newest_version_id
    """,
  ]
}
