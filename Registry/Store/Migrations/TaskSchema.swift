extension Migrations {
  /// Of `tasks.sqlite`.
  package static let tasks = Migrations(steps: [TaskSchema1.statements])
}

/// Requests to agents, and what came of them, event by event.
///
/// The row of a task changes with every event: it is short, and what those changes set is in no index.
enum TaskSchema1 {
  static let statements: [SQL] = [
    """
    CREATE TABLE tasks (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE,
      call_id TEXT NOT NULL UNIQUE,
      agent TEXT NOT NULL,
      session_key TEXT NOT NULL,
      caller_account INTEGER,
      caller_agent TEXT,
      kind TEXT NOT NULL CHECK (kind IN ('call', 'chat')),
      is_async INTEGER NOT NULL,
      title TEXT,
      -- Who is to hear of the end; null once that is kept elsewhere.
      callback_url TEXT,
      -- Agents that this call has come through.
      hops INTEGER NOT NULL,
      -- SHA-256 of the caller and the key, and of what was asked.
      idempotency_hash BLOB CHECK (length(idempotency_hash) = 32),
      request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
      attempt INTEGER NOT NULL,
      -- The newest of the agent that has written.
      generation INTEGER NOT NULL,
      is_accepted INTEGER NOT NULL,
      is_cancelled INTEGER NOT NULL,
      -- The agent's number of its last event of this attempt.
      committed_source INTEGER NOT NULL,
      last_sequence INTEGER NOT NULL,
      -- Of what was asked, and of its events.
      content_bytes INTEGER NOT NULL,
      text_bytes INTEGER NOT NULL,
      -- Whether its events and its content are gone.
      is_trimmed INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER,
      -- Of a task that failed.
      error_code TEXT CHECK (error_code IS NULL OR ended_at IS NOT NULL),
      error_message TEXT CHECK ((error_message IS NULL) = (error_code IS NULL))
    )
    """,
    """
    CREATE UNIQUE INDEX tasks_by_idempotency_hash ON tasks (idempotency_hash)
    WHERE idempotency_hash IS NOT NULL
    """,
    "CREATE INDEX tasks_by_agent ON tasks (agent, id)",
    "CREATE INDEX tasks_by_agent_and_time ON tasks (agent, created_at)",
    "CREATE INDEX tasks_by_caller ON tasks (caller_account, id)",
    "CREATE INDEX tasks_by_caller_and_agent ON tasks (caller_account, agent, created_at)",
    "CREATE INDEX tasks_by_conversation ON tasks (session_key, id)",
    "CREATE INDEX open_tasks ON tasks (agent, generation) WHERE ended_at IS NULL",
    "CREATE INDEX ended_tasks ON tasks (ended_at) WHERE ended_at IS NOT NULL",
    "CREATE INDEX kept_tasks ON tasks (agent, id) WHERE is_trimmed = 0",
    "CREATE INDEX owed_callbacks ON tasks (ended_at) WHERE callback_url IS NOT NULL AND ended_at IS NOT NULL",
    """
    -- What only starts a task, apart, so that its row stays short.
    CREATE TABLE task_contents (
      task_id INTEGER PRIMARY KEY REFERENCES tasks (id),
      content TEXT NOT NULL,
      details TEXT
    )
    """,
    """
    CREATE TABLE task_events (
      task_id INTEGER NOT NULL REFERENCES tasks (id),
      sequence INTEGER NOT NULL,
      is_ending INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (task_id, sequence)
    ) WITHOUT ROWID
    """,
  ]
}
