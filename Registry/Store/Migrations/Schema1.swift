/// Accounts, the catalog and the bookkeeping of published files.
///
/// Times are milliseconds since 1970.
enum Schema1 {
  static let statements: [SQL] = [
    """
    CREATE TABLE authors (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      -- What names share that a reader could mistake for one another.
      skeleton TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE tokens (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL REFERENCES authors (id),
      -- SHA-256 of the token; the token itself is shown once and kept nowhere.
      hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      revoked_at INTEGER
    )
    """,
    """
    CREATE TABLE skills (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL UNIQUE,
      author_id INTEGER NOT NULL REFERENCES authors (id),
      slug TEXT NOT NULL,
      is_private INTEGER NOT NULL,
      -- The newest version that can be had, by precedence; null once everything is withdrawn.
      newest_version_id INTEGER REFERENCES versions (id),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      UNIQUE (author_id, slug)
    )
    """,
    """
    CREATE TABLE versions (
      id INTEGER PRIMARY KEY,
      skill_id INTEGER NOT NULL REFERENCES skills (id),
      version TEXT NOT NULL,
      -- The version without build metadata, which does not make another version.
      number TEXT NOT NULL,
      withdrawn_at INTEGER,
      archive_digest BLOB NOT NULL CHECK (length(archive_digest) = 32),
      archive_size INTEGER NOT NULL,
      tree_digest TEXT NOT NULL,
      -- Of the zip for older clients, from the time when one first asks for it.
      zip_digest BLOB CHECK (length(zip_digest) = 32),
      description TEXT NOT NULL,
      -- References, one a line.
      dependencies TEXT NOT NULL,
      published_at INTEGER NOT NULL,
      published_by INTEGER NOT NULL REFERENCES tokens (id),
      UNIQUE (skill_id, number)
    )
    """,
    """
    CREATE TABLE files (
      version_id INTEGER NOT NULL REFERENCES versions (id),
      path TEXT NOT NULL,
      size INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      is_executable INTEGER NOT NULL,
      PRIMARY KEY (version_id, path)
    ) WITHOUT ROWID
    """,
    """
    CREATE TRIGGER versions_are_immutable BEFORE UPDATE ON versions
    WHEN old.skill_id <> new.skill_id OR old.version <> new.version OR old.number <> new.number
      OR old.archive_digest <> new.archive_digest OR old.archive_size <> new.archive_size
      OR old.tree_digest <> new.tree_digest OR old.published_at <> new.published_at
      OR old.description <> new.description OR old.dependencies <> new.dependencies
      OR old.published_by <> new.published_by
      OR (old.zip_digest IS NOT NULL AND old.zip_digest IS NOT new.zip_digest)
      OR (old.withdrawn_at IS NOT NULL AND new.withdrawn_at IS NULL)
    BEGIN SELECT raise(ABORT, 'a published version never changes'); END
    """,
    """
    CREATE TRIGGER versions_are_kept BEFORE DELETE ON versions
    BEGIN SELECT raise(ABORT, 'a published version is never deleted'); END
    """,
    """
    CREATE TRIGGER files_are_immutable BEFORE UPDATE ON files
    BEGIN SELECT raise(ABORT, 'the files of a version never change'); END
    """,
    """
    CREATE TRIGGER files_are_kept BEFORE DELETE ON files
    BEGIN SELECT raise(ABORT, 'the files of a version never change'); END
    """,
    "PRAGMA application_id = 1634561891",
  ]
}
