"""收件: what arrives is looked at, judged, taken in or refused, and may be taken back."""
