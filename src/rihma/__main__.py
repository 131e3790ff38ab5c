import os

from rihma.site.commands import app


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    app(prog_name="rihma")


if __name__ == "__main__":
    main()
