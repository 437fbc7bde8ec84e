"""The object identifiers of our policies.

The arc 2.25 takes a UUID as its next number (ITU-T X.667): unique without a registry, and unlike a number picked from 1.3.6.1.4.1 it can
never turn out to belong to somebody else. Below it: 1 certificate policies (written in `keys/profiles`), 2 time-stamping policies.
"""

POLICY_ARC = "2.25.228036952920300705678945559579208090267"

TIMESTAMPING_POLICY = f"{POLICY_ARC}.2.1"
"""SHA-2 digests only, accuracy of one second, key and certificate by the profile `tsa`."""
