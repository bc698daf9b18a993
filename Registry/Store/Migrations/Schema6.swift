/// Agents: who may see and connect them, the skills they carry, their ratings, and where callbacks go.
enum Schema6 {
  static let statements: [SQL] = agents + webhooks

  private static let agents: [SQL] = [
    """
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY,
      -- A UUID in lower case, which is what everybody else knows.
      uid TEXT NOT NULL UNIQUE,
      author_id INTEGER NOT NULL REFERENCES authors (id),
      slug TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT,
      agent_type TEXT NOT NULL,
      is_private INTEGER NOT NULL,
      is_published INTEGER NOT NULL,
      max_calls_per_hour INTEGER NOT NULL,
      max_calls_per_user_per_day INTEGER NOT NULL,
      allow_a2a INTEGER NOT NULL,
      -- Of agent_ratings, and of those whose accounts were deleted.
      rating_sum INTEGER NOT NULL DEFAULT 0,
      rating_count INTEGER NOT NULL DEFAULT 0,
      -- How often it was connected: the latest connection has the highest number.
      generation INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER,
      last_online_at INTEGER,
      deleted_at INTEGER
    )
    """,
    "CREATE UNIQUE INDEX one_agent_of_a_name ON agents (author_id, slug) WHERE deleted_at IS NULL",
    "CREATE INDEX agents_by_deletion ON agents (deleted_at) WHERE deleted_at IS NOT NULL",
    """
    CREATE TABLE agent_capabilities (
      agent_id INTEGER NOT NULL REFERENCES agents (id),
      capability TEXT NOT NULL,
      -- From 0, in the order of its owner.
      ordinal INTEGER NOT NULL,
      PRIMARY KEY (agent_id, capability)
    )
    """,
    "CREATE INDEX agent_capabilities_by_name ON agent_capabilities (capability)",
    """
    -- Installed in the project of an agent, by its own account: the skill need not be one of this registry.
    CREATE TABLE agent_skills (
      agent_id INTEGER NOT NULL REFERENCES agents (id),
      author TEXT NOT NULL,
      slug TEXT NOT NULL,
      version TEXT NOT NULL,
      tree_digest TEXT NOT NULL,
      description TEXT NOT NULL,
      PRIMARY KEY (agent_id, author, slug)
    )
    """,
    "CREATE INDEX agent_skills_by_name ON agent_skills (author, slug)",
    """
    -- To whom an agent is shared: accounts and organisations.
    CREATE TABLE agent_grants (
      agent_id INTEGER NOT NULL REFERENCES agents (id),
      author_id INTEGER NOT NULL REFERENCES authors (id),
      granted_at INTEGER NOT NULL,
      PRIMARY KEY (agent_id, author_id)
    )
    """,
    "CREATE INDEX agent_grants_by_author ON agent_grants (author_id)",
    """
    CREATE TABLE agent_tickets (
      id INTEGER PRIMARY KEY,
      agent_id INTEGER NOT NULL REFERENCES agents (id),
      hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      -- Whose its token is going to be.
      author_id INTEGER NOT NULL REFERENCES authors (id),
      account_id INTEGER REFERENCES accounts (id),
      -- When the token ends at the latest.
      token_expires_at INTEGER,
      expires_at INTEGER NOT NULL,
      used_at INTEGER
    )
    """,
    "CREATE INDEX agent_tickets_by_agent ON agent_tickets (agent_id)",
    """
    CREATE TABLE agent_ratings (
      agent_id INTEGER NOT NULL REFERENCES agents (id),
      call_id TEXT NOT NULL,
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
      rated_at INTEGER NOT NULL,
      PRIMARY KEY (agent_id, call_id, account_id)
    )
    """,
    "CREATE INDEX agent_ratings_by_account ON agent_ratings (account_id)",
    // The one agent that the token is for, whatever its patterns say; null for every other token.
    "ALTER TABLE tokens ADD COLUMN agent_id INTEGER REFERENCES agents (id)",
    "CREATE INDEX tokens_by_agent ON tokens (agent_id) WHERE agent_id IS NOT NULL",
    "CREATE INDEX tokens_by_revocation ON tokens (revoked_at) WHERE revoked_at IS NOT NULL",
  ]

  private static let webhooks: [SQL] = [
    """
    -- What callbacks to an account are signed with, as it is: a signature needs the key itself.
    CREATE TABLE callback_keys (
      account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
      secret TEXT NOT NULL,
      created_at INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE webhooks (
      id INTEGER PRIMARY KEY,
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      url TEXT NOT NULL,
      -- Words with a space between them.
      events TEXT NOT NULL,
      challenge_hash BLOB NOT NULL CHECK (length(challenge_hash) = 32),
      created_at INTEGER NOT NULL,
      -- When the address has answered the challenge.
      confirmed_at INTEGER,
      -- Until when it may; null once it has.
      expires_at INTEGER CHECK ((expires_at IS NULL) = (confirmed_at IS NOT NULL)),
      UNIQUE (account_id, url)
    )
    """,
    """
    CREATE TABLE webhook_deliveries (
      id INTEGER PRIMARY KEY,
      uid TEXT NOT NULL UNIQUE,
      webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
      event TEXT NOT NULL,
      body TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      -- Null once it was delivered or given up.
      next_at INTEGER,
      delivered_at INTEGER
    )
    """,
    "CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL",
    "CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id)",
    "CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at)",
  ]
}
