"""How fast we are, beside plain pyHanko, measured in one run on one core: `python -m bench` from the checkout."""
