"""`python -m radiary` is `radiary`."""

import sys

from radiary.cli import main

if __name__ == "__main__":
    sys.exit(main())
