extension HelpTopic {
  static let exitStatus = HelpTopic(
    name: "exit-status", title: "What the exit status of a command says",
    text: #"""
        0    success
        1    failure; also 'skills validate' and 'skills doctor' with errors left
        2    wrong usage, invalid input, or an answer that only a flag can give here
        3    not logged in, the token was refused, or not allowed
        4    not found, withdrawn, or not installed
        5    in conflict with what is there: edited, not ours, taken, no versions
             that suit all, or skills.json and skills.lock do not agree
        6    the registry is not reachable, too slow or overloaded, or --offline
             and not in the cache
        7    integrity: what came, or what is there, is not what was promised
        8    partly done: some skills failed
        130  interrupted

      A command that is told to end by SIGTERM has 143.

      With --json a failure is, on stdout:

        {"success":false,"error":"lock_mismatch","message":"…","hint":"…"}

      "error" is a stable code: scripts match on it or on the exit status. Messages
      may change in every version.

        agent-mesh skills ci || case $? in
          5) echo 'run: agent-mesh skills install, and commit skills.lock' ;;
          6) echo 'the registry is not reachable' ;;
        esac
      """#)
}
