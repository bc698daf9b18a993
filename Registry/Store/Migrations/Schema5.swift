/// People: accounts, names, organisations and their members, tokens with rights, sessions, and what lets somebody in.
///
/// An author is what publishes; each account has one of its own, and an organisation is one without an account. Authors
/// from before may have no account, and their tokens keep every right on what is theirs.
enum Schema5 {
  static let statements: [SQL] = [
    "ALTER TABLE authors ADD COLUMN is_organisation INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE authors ADD COLUMN display_name TEXT",
    // What everybody sees; the address of an account is for its owner alone.
    "ALTER TABLE authors ADD COLUMN public_email TEXT",
    """
    -- Every name that was ever taken, also those that were left behind: none is given to anybody else.
    CREATE TABLE names (
      name TEXT NOT NULL PRIMARY KEY,
      skeleton TEXT NOT NULL UNIQUE,
      author_id INTEGER NOT NULL REFERENCES authors (id),
      taken_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX names_by_author ON names (author_id)",
    "INSERT INTO names (name, skeleton, author_id, taken_at) SELECT name, skeleton, id, created_at FROM authors",
    """
    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL UNIQUE REFERENCES authors (id),
      email TEXT CHECK (email IS NULL OR deleted_at IS NULL),
      -- Parameters, salt and hash.
      password TEXT CHECK ((password IS NULL) = (deleted_at IS NOT NULL)),
      is_operator INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER
    )
    """,
    """
    -- Of organisations.
    CREATE TABLE members (
      author_id INTEGER NOT NULL REFERENCES authors (id),
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      role TEXT NOT NULL CHECK (role IN ('reader', 'publisher', 'owner')),
      joined_at INTEGER NOT NULL,
      PRIMARY KEY (author_id, account_id)
    )
    """,
    "CREATE INDEX members_by_account ON members (account_id)",
    """
    -- An organisation that one account offers to another.
    CREATE TABLE transfers (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL REFERENCES authors (id),
      from_account INTEGER NOT NULL REFERENCES accounts (id),
      to_account INTEGER NOT NULL REFERENCES accounts (id),
      expires_at INTEGER NOT NULL,
      -- Accepted, declined or replaced.
      ended_at INTEGER
    )
    """,
    "CREATE UNIQUE INDEX one_transfer_at_a_time ON transfers (author_id) WHERE ended_at IS NULL",
    """
    -- A skill that one account offers to another author.
    CREATE TABLE skill_transfers (
      id INTEGER PRIMARY KEY,
      skill_id INTEGER NOT NULL REFERENCES skills (id),
      from_account INTEGER NOT NULL REFERENCES accounts (id),
      to_author INTEGER NOT NULL REFERENCES authors (id),
      expires_at INTEGER NOT NULL,
      -- Accepted, declined or replaced.
      ended_at INTEGER
    )
    """,
    "CREATE UNIQUE INDEX one_skill_transfer_at_a_time ON skill_transfers (skill_id) WHERE ended_at IS NULL",
    """
    -- The names that skills had before they were transferred: they lead to them, and no other skill gets one.
    CREATE TABLE former_skills (
      author_id INTEGER NOT NULL REFERENCES authors (id),
      slug TEXT NOT NULL,
      skill_id INTEGER NOT NULL REFERENCES skills (id),
      left_at INTEGER NOT NULL,
      PRIMARY KEY (author_id, slug)
    )
    """,
    "CREATE INDEX former_skills_by_skill ON former_skills (skill_id)",
    // Null for a token that stands for an author alone, as an operator makes them.
    "ALTER TABLE tokens ADD COLUMN account_id INTEGER REFERENCES accounts (id)",
    "ALTER TABLE tokens ADD COLUMN name TEXT",
    // Words with a space between them.
    "ALTER TABLE tokens ADD COLUMN rights TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tokens ADD COLUMN skill_patterns TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tokens ADD COLUMN agent_patterns TEXT NOT NULL DEFAULT ''",
    """
    UPDATE tokens SET skill_patterns = '*', agent_patterns = '*',
      rights = 'publish:new publish:update yank read:private manage agent:connect call'
    """,
    "CREATE INDEX tokens_by_author ON tokens (author_id)",
    "CREATE INDEX tokens_by_account ON tokens (account_id)",
    """
    CREATE TABLE sessions (
      id INTEGER PRIMARY KEY,
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      -- SHA-256, as every hash here.
      hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      client_name TEXT NOT NULL,
      client_address TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX sessions_by_account ON sessions (account_id)",
    """
    CREATE TABLE device_codes (
      id INTEGER PRIMARY KEY,
      device_hash BLOB NOT NULL UNIQUE CHECK (length(device_hash) = 32),
      user_hash BLOB NOT NULL UNIQUE CHECK (length(user_hash) = 32),
      state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'redeemed')),
      client_name TEXT NOT NULL,
      client_address TEXT NOT NULL,
      rights TEXT NOT NULL,
      skill_patterns TEXT NOT NULL,
      agent_patterns TEXT NOT NULL,
      -- Between two questions of the device.
      poll_seconds INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      -- Who decided.
      account_id INTEGER REFERENCES accounts (id) CHECK ((account_id IS NULL) = (state = 'pending'))
    )
    """,
    """
    CREATE TABLE invitations (
      id INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      purpose TEXT NOT NULL CHECK (purpose IN ('first', 'account', 'reset')),
      -- Of the account to be made.
      name TEXT,
      -- Whose password it resets.
      account_id INTEGER REFERENCES accounts (id) CHECK ((account_id IS NOT NULL) = (purpose = 'reset')),
      expires_at INTEGER NOT NULL,
      used_at INTEGER
    )
    """,
    """
    CREATE TABLE subscriptions (
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      author_id INTEGER NOT NULL REFERENCES authors (id),
      created_at INTEGER NOT NULL,
      PRIMARY KEY (account_id, author_id)
    )
    """,
    """
    -- How often the archive of a version was fetched whole, and nothing of by whom.
    CREATE TABLE downloads (
      version_id INTEGER NOT NULL REFERENCES versions (id),
      -- Since 1970.
      day INTEGER NOT NULL,
      times INTEGER NOT NULL,
      PRIMARY KEY (version_id, day)
    )
    """,
    // Of all versions: the sum of their rows there.
    "ALTER TABLE skills ADD COLUMN download_count INTEGER NOT NULL DEFAULT 0",
    """
    CREATE INDEX public_skills_by_downloads ON skills (download_count, id)
    WHERE is_private = 0 AND newest_version_id IS NOT NULL AND download_count > 0
    """,
    """
    CREATE TABLE rate_buckets (
      -- A hash of what is counted and whose it is.
      key BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 32),
      -- When nothing of the limit is used any more.
      full_at INTEGER NOT NULL
    )
    """,
    """
    -- Which versions need a skill, by the name that they give it.
    CREATE TABLE dependencies (
      name TEXT NOT NULL,
      version_id INTEGER NOT NULL REFERENCES versions (id),
      PRIMARY KEY (name, version_id)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO dependencies (name, version_id)
    WITH RECURSIVE lines (version_id, line, rest) AS (
      SELECT id, '', dependencies || char(10) FROM versions
      UNION ALL
      SELECT version_id, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
      FROM lines WHERE rest <> ''
    )
    SELECT DISTINCT substr(line, 1, instr(line || '@', '@') - 1), version_id FROM lines WHERE line <> ''
    """,
  ]
}
