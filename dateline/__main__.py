"""`python -m dateline` is the `dateline` command."""

from dateline.command import main

main()
