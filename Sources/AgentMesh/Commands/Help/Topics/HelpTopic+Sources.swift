extension HelpTopic {
  static let sources = HelpTopic(
    name: "sources", title: "Skills that are in no registry",
    text: #"""
        agent-mesh skills add <source>

      takes a skill from where it is and writes it to skills.json, as:

        path:./skills/pdf                       a folder or an archive here
        https://host/pdf.tar.gz                 an archive (.tar.gz or .zip)
        git+https://host/owner/repo.git#v1:pdf  a folder 'pdf' at the tag v1
        well-known+https://host#pdf             an entry of a site's skills index

      On the command line shorter forms do as well:

        ./skills/pdf      owner/repo      https://git.example/tools/skills.git

      When a source holds several skills, --list shows them and --skill names those
      that you want.

      Sources are pinned like versions: skills.lock has the commit of a git source,
      and for all of them a digest of the files. 'skills install' fetches exactly
      that. 'skills update' moves a git source forward when its branch has moved. A
      file at an address that has changed is an integrity error until you add it
      again.

      Git is the git of your system, with hooks, filters, submodules and prompts
      off, and without credential helpers: private repositories are read over ssh.
      Archives go through the same checks as those of a registry.

      Folders of hand-copied skills become part of skills.json, without a change to
      their files, with:

        agent-mesh skills import
      """#)
}
