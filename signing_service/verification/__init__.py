"""Bytes, evidence, anchors and a time become a report; offline, without the rest of the house."""
