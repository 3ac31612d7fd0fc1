"""`python -m pulih.config` is the `pulih` command."""

import sys

from pulih.config.cli import main

sys.exit(main())
