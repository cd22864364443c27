"""The hosts: a static site generator and a command line. Both only translate and call."""
