"""The command line: the newsroom's verbs for scripts, without the window."""
