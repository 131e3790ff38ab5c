from rihma.base.apps import Area


class Accounts(Area):
    name = "rihma.accounts"
