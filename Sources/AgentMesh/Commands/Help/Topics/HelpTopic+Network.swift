extension HelpTopic {
  static let network = HelpTopic(
    name: "network", title: "Put an agent online, and use those of others",
    text: #"""
      An agent on your machine goes online over a connection that it opens itself:
      no port has to be open, and nothing of yours is uploaded.

        agent-mesh agents create --name reviewer --type exec
        agent-mesh connect exec --agent-id reviewer --plain -- ./my-program
        agent-mesh agents publish reviewer

      Use one, your own or that of somebody else:

        agent-mesh discover --online
        agent-mesh discover --skill acme/reviewer     those that carry a skill
        agent-mesh chat acme/reviewer                 talk to it
        agent-mesh call acme/reviewer --task "…"      the result alone
        agent-mesh call acme/reviewer --task "…" --stream

      NAMES. author/name; the name of one of your own agents, or its alias on this
      machine; or the UUID of the agent.

      LOST CONNECTIONS. A task is handed in once, whatever is sent twice. It goes on
      when you are cut off, and so does its answer when you are back: chat and call
      do this by themselves until --timeout has passed.

      OUTPUT. The text of an answer is on stdout, everything else on stderr. With
      --json and --stream each event is a line, the last one an error when it fails.

      FAILURES. Exit status 6 when the agent is offline, busy or too slow, 1 when it
      has failed, 3 without a login, 4 when there is no such agent.

      PRIVATE agents are for you and those you share them with:

        agent-mesh agents update reviewer --visibility private
        agent-mesh agents access grant reviewer friend
      """#)
}
