"""Every attack that needs no key, by name. Each takes the genuine file and another pupil's, and gives the forged one.

Names follow the literature: universal forgery, incremental saving and signature wrapping (2019), shadow attacks (2020), evil annotation and
sneaky signature (2021). Those that need a key of the attacker's own stand in `forged_signatures`.
"""

from tests.verification.content_attacks import CONTENT_ATTACKS
from tests.verification.structure_attacks import STRUCTURE_ATTACKS

ATTACKS = {**STRUCTURE_ATTACKS, **CONTENT_ATTACKS}
