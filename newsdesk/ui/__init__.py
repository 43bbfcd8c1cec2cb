"""The window: Qt widgets that call the desk's verbs and hear its news."""
