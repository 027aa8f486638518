"""`python -m defcoop` is the same as `defcoop`."""

from defcoop.cli import main

if __name__ == "__main__":
    main()
