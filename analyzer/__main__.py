"""`python -m analyzer`: the same as the installed command."""

from analyzer.cli.main import main

main()
