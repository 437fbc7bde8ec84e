"""Issuing: certificate profiles, certificates, CRLs and OCSP responses."""
