"""Reading what others issued: certificates, CRLs, OCSP responses, time-stamp tokens, algorithms by date."""
