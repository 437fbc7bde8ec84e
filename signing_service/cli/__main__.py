"""`python -m signing_service.cli`."""

import sys

from signing_service.cli import main

sys.exit(main())
