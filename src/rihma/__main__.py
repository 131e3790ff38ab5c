import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are named first

    execute_from_command_line(["rihma", *sys.argv[2:]] if sys.argv[1:2] == ["manage"] else sys.argv)


if __name__ == "__main__":
    main()
